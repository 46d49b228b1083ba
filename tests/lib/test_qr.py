"""Every QR code on a page is read back by an independent reader as the address it was drawn for."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from jinguo.lib import ids
from jinguo.lib.qr import qr_path

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def picture(text: str, scale: int) -> Image.Image:
    """The path as a browser paints it."""
    side, path = qr_path(text)
    found = Image.new("L", (side * scale, side * scale), 255)
    pen = ImageDraw.Draw(found)
    runs = RUN.findall(path)
    assert "".join(f"M{x} {y}h{wide}v1h-{back}z" for x, y, wide, back in runs) == path and runs
    for x, y, wide, _back in runs:
        left, top = int(x) * scale, int(y) * scale
        pen.rectangle((left, top, left + int(wide) * scale - 1, top + scale - 1), fill=0)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/i/{code}/{token}/",
        "https://jinguo.example.org/a/{code}/",
        "https://example.org/u/{secret}/?from=纸",
    ],
)
def test_random_addresses_are_read_back(address):
    for _each in range(60):
        text = address.format(code=ids.new_code(), token=ids.short_token(), secret=ids.new_secret())
        assert [found.text for found in zxingcpp.read_barcodes(picture(text, 4))] == [text]


def test_a_small_drawing_turned_and_blurred_is_read_too():
    text = f"https://jinguo.example.org/i/{ids.new_code()}/{ids.short_token()}/"
    turned = picture(text, 4).rotate(17, expand=True, fillcolor=255).resize((150, 150))
    assert [found.text for found in zxingcpp.read_barcodes(turned)] == [text]
