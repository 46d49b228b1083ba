"""A photograph from a phone, made fit to keep: sizes checked first, turned upright, shrunk, stripped of place and maker.

Pure: bytes in, bytes out. The pixels are decoded and encoded anew, so nothing that was hidden in the file survives.
"""

import io
import warnings
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from jinguo.lib import clock, limits
from jinguo.lib.errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
SMALL_SIDE = 480
QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """A picture ready to be stored, as JPEG.

    Attributes:
        large, small: at most `limits.PICTURE_SIDE` and `SMALL_SIDE` pixels on the longer side.
        width, height: of `large`.
        taken_at: what the camera's clock said, if it said anything believable.
    """

    large: bytes
    small: bytes
    width: int
    height: int
    taken_at: datetime | None


def prepare_picture(data: bytes) -> Picture:
    """Decode, check, turn, shrink and encode anew.

    Raises:
        Invalid: empty, not one of the formats, too many pixels (declared or real), or broken.
    """
    if not data:
        raise Invalid(_("这张照片是空的。请重新选一张。"), "photos")
    if len(data) > limits.UPLOAD_BYTES:
        raise Invalid(_("一张照片不能超过 20 MB。请在相册里缩小后再传。"), "photos")
    image = _open(data)
    try:
        return _remake(image)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        raise Invalid(_("这张照片打不开，可能没有传完整。请重新选一张。"), "photos") from error


def _open(data: bytes) -> Image.Image:
    """Read the header only; the declared size is checked before a single pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError) as error:
        if data[4:8] == b"ftyp":
            raise Invalid(_("这是 HEIC 照片，这里还读不了。请在手机里另存为 JPEG，或截个屏再传。"), "photos") from error
        raise Invalid(_("这不是能用的照片。请选 JPEG、PNG 或 WebP 图片。"), "photos") from error
    if image.width * image.height > limits.PICTURE_PIXELS:
        raise _too_large()
    return image


def _too_large() -> Invalid:
    return Invalid(_("这张照片像素太多（超过 4000 万）。请在相册里缩小后再传。"), "photos")


def _remake(image: Image.Image) -> Picture:
    taken_at = _taken_at(image)
    side = limits.PICTURE_SIDE
    if image.format in {"JPEG", "MPO"}:  # MPO: a JPEG with a second view in it, as some phones write them
        image.draft("RGB", (side, side))  # decodes at a half or a quarter of the size where that is enough
    image.load()
    upright = ImageOps.exif_transpose(image)
    flat = _on_white(upright)
    flat.thumbnail((side, side), Image.Resampling.LANCZOS)
    small = flat.copy()
    small.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return Picture(_encode(flat), _encode(small), flat.width, flat.height, taken_at)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        full = image.convert("RGBA")
        paper = Image.new("RGBA", full.size, "white")
        return Image.alpha_composite(paper, full).convert("RGB")
    return image.convert("RGB")


def _encode(image: Image.Image) -> bytes:
    clean = Image.new("RGB", image.size)
    clean.paste(image)  # a picture without any of the old one's notes
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _taken_at(image: Image.Image) -> datetime | None:
    """The camera's own time, reckoned in Asia/Shanghai; nothing when it is missing, broken or in the future."""
    try:
        exif = image.getexif()
        text = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
        moment = datetime.strptime(str(text), "%Y:%m:%d %H:%M:%S").replace(tzinfo=clock.SHANGHAI)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, SyntaxError, OverflowError):
        return None
    return moment if moment.year >= 2000 and moment <= clock.now() else None
