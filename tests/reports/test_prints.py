"""A picture is known again after it was made smaller and saved anew, a paragraph after a word was changed; others are not."""

import io
import random

import pytest
from PIL import Image, ImageDraw

from jinguo.reports.prints import is_near, is_same, paragraph_marks, paragraphs, picture_marks, picture_print


def scene(seed: int, size: tuple[int, int] = (480, 360)) -> Image.Image:
    """A picture of patches, drawn by chance from a seed."""
    chance, image = random.Random(seed), Image.new("RGB", size, "#777777")
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        box = (x, y, x + chance.randrange(20, 160), y + chance.randrange(20, 160))
        draw.rectangle(box, fill=tuple(chance.randrange(256) for _ in range(3)))
    return image


def jpeg(image: Image.Image, quality: int = 82) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def print_of(image: Image.Image, quality: int = 82) -> int:
    bits = picture_print(jpeg(image, quality))
    assert bits is not None
    return bits


@pytest.mark.parametrize("seed", range(12))
def test_a_picture_made_smaller_and_saved_anew_is_found_and_known(seed):
    image = scene(seed)
    first, again = print_of(image), print_of(image.resize((300, 225)), quality=40)
    assert set(picture_marks(first)) & set(picture_marks(again))
    assert is_near(first, again)


def test_other_pictures_are_not_taken_for_it():
    prints = [print_of(scene(seed)) for seed in range(40)]
    assert not any(is_near(one, other) for n, one in enumerate(prints) for other in prints[:n])


def test_a_plain_wall_and_what_is_no_picture_prove_nothing():
    assert picture_print(jpeg(Image.new("RGB", (64, 64), "white"))) is None
    assert picture_print(b"no picture") is None


LONG = "三月六日下午，县妇联在文化馆办了槐荫里故事会，五位姐妹讲了自己怎样从摆摊走到开店的事，台下坐着一百二十六位街坊，听到动情处都红了眼眶。"


def test_a_paragraph_with_a_word_changed_is_found_and_known_and_another_is_not():
    again = LONG.replace("一百二十六位", "许多").replace("，", "、", 1)
    other = "三月六日下午，县妇联在广场办了健康义诊，十位医生为来的人量血压、看片子、讲怎样预防两癌，一直忙到天黑，药箱空了才收摊回家去歇息。"
    assert set(paragraph_marks(LONG)) & set(paragraph_marks(again))
    assert is_same(LONG, again) and not is_same(LONG, other)


def test_short_paragraphs_are_everybodys():
    assert list(paragraphs("活动圆满结束。\n" + LONG, "参加126人次")) == [LONG]
