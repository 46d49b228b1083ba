"""Pictures for tests, made here: plain ones, one with its place written into it, bombs and broken ones."""

import io
import struct
import zlib

from PIL import ExifTags, Image


def jpeg(
    width: int = 640, height: int = 480, colour: str = "#3a7d7c", *, orientation: int = 1, place: bool = False
) -> bytes:
    """A JPEG whose left half is darker, so that turning it shows; with `place`, where and with what it was taken."""
    image = Image.new("RGB", (width, height), colour)
    image.paste("#102020", (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    if place:
        exif[ExifTags.Base.Make] = "SecretCamera"
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (37.0, 51.0, 24.0)
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2024:03:08 09:30:00"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"SecretComment" if place else b"")
    return out.getvalue()


def png_bomb(side: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that declares 900 million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 9999)) + chunk(b"IEND", b"")
    )
