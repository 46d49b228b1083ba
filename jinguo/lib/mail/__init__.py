"""Reading a mail as its sender meant it: bytes in, a `Letter` out. No Django, nothing run, nothing fetched."""

from jinguo.lib.mail.letter import LargeLink, Letter, Part
from jinguo.lib.mail.mime import read_letter

__all__ = ["LargeLink", "Letter", "Part", "read_letter"]
