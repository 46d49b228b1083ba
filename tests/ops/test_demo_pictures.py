"""A demonstration picture is a real photograph file, with or without the place it was taken."""

import io

import pytest
from PIL import Image

from jinguo.ops.demo.pictures import LATITUDE_NORTH, LONGITUDE_EAST, draw_picture

GPS = 0x8825


def test_a_picture_is_a_jpeg_of_the_size_asked_for():
    image = Image.open(io.BytesIO(draw_picture(width=320, height=480, seed=7)))
    image.load()
    assert (image.format, image.size, image.mode) == ("JPEG", (320, 480), "RGB")


def test_the_place_is_in_the_file_only_when_asked_for():
    kept = Image.open(io.BytesIO(draw_picture(width=160, height=120, with_gps=True))).getexif().get_ifd(GPS)
    assert (kept[1], kept[2], kept[3], kept[4]) == ("N", LATITUDE_NORTH, "E", LONGITUDE_EAST)
    plain = Image.open(io.BytesIO(draw_picture(width=160, height=120))).getexif()
    assert GPS not in plain and plain[0x0110] == "Demonstration camera"


def test_a_seed_always_draws_the_same_picture_and_another_seed_another():
    assert draw_picture(width=160, height=120, seed=1) == draw_picture(width=160, height=120, seed=1)
    assert draw_picture(width=160, height=120, seed=1) != draw_picture(width=160, height=120, seed=2)


@pytest.mark.parametrize("size", [(0, 100), (100, -5), (7000, 100)])
def test_a_size_nobody_can_want_is_refused_with_its_numbers(size: tuple[int, int]):
    with pytest.raises(ValueError, match=f"{size[0]} × {size[1]}"):
        draw_picture(width=size[0], height=size[1])
