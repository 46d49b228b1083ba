"""What was sent beside a plea and is sealed with its words: bytes as text, so that one seal, one clock and one deletion hold both."""

import base64

PICTURE = "picture"  # a JPEG of ours, shrunk and stripped of its place
FILE = "file"  # bytes we could not read as a picture, as they came
SENT_BESIDE = (PICTURE, FILE)


def to_text(data: bytes) -> str:
    """Bytes as the text that stands in the sealed words; it is also what a data: address takes."""
    return base64.b64encode(data).decode("ascii")


def to_bytes(text: str) -> bytes:
    """The bytes back."""
    return base64.b64decode(text)
