"""Limits on what comes in from outside, in one place (reference/reliability §5)."""

MIB = 1024 * 1024

UPLOAD_BYTES = 20 * MIB  # one uploaded file
MAIL_BYTES = 50 * MIB  # one raw mail; providers take attachments of about that size
REQUEST_BYTES = 24 * MIB  # a whole request body; larger is refused before it is read
PASTE_CHARACTERS = 60_000  # a pasted notice; 15 times the longest a task paper should be
PICTURE_PIXELS = 40_000_000
PICTURE_SIDE = 1600  # stored photographs are shrunk to this many pixels on the longer side
