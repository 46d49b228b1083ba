"""Placeholder pictures for the demonstration: hills and a spring, drawn from a seed.

Lives here: drawing and encoding one JPEG. Not here: reading, shrinking or cleaning uploads (that is `files`).
"""

import io
import math
import random

from PIL import Image, ImageDraw, ImageOps

SMALLEST, LARGEST = 64, 6000  # pixels a side

# The light palette of the product's design tokens.
PAPER, MIST, RED, LAMP = "#fbfaf7", "#dcebeb", "#8f1d27", "#f4dc82"
HILLS = ("#b0d1d2", "#74adb1", "#3f8a91", "#0f5f68")
SPRING_TOP, SPRING_DEEP, RIPPLE = "#e4f0f0", "#74adb1", "#ffffff"

# An invented spot: whole minutes, so that nobody's door is meant.
LATITUDE_NORTH = (37.0, 50.0, 0.0)
LONGITUDE_EAST = (113.0, 30.0, 0.0)

_TAG_DESCRIPTION, _TAG_MAKER, _TAG_MODEL, _TAG_ORIENTATION = 0x010E, 0x010F, 0x0110, 0x0112
_IFD_GPS = 0x8825


def draw_picture(*, width: int = 1600, height: int = 1200, seed: int = 0, with_gps: bool = False) -> bytes:
    """A calm landscape as JPEG bytes; sizes in pixels, the same arguments give the same bytes.

    Every picture carries ordinary camera EXIF; `with_gps` adds a position (37°50′ N, 113°30′ E, 812 m), so that
    a test can show that it is gone after an upload. Raises ValueError for a side outside 64…6000 pixels.
    """
    if not (SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST):
        raise ValueError(f"a side must be {SMALLEST} to {LARGEST} pixels, not {width} × {height}")
    chance = random.Random(seed)
    # Twice the size and back again smooths the edges; large pictures need no smoothing and would cost memory.
    scale = 2 if width * height <= 4_000_000 else 1
    image = _sky(width * scale, height * scale)
    _draw_lamp(image, chance)
    _draw_hills(image, chance)
    _draw_spring(image, chance)
    _draw_branch(image, chance)
    if scale > 1:
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=86, exif=_exif(with_gps=with_gps))
    return target.getvalue()


def _shade(width: int, height: int, top: str, bottom: str) -> Image.Image:
    ramp = Image.linear_gradient("L").resize((width, height))
    return ImageOps.colorize(ramp, black=top, white=bottom)


def _sky(width: int, height: int) -> Image.Image:
    return _shade(width, height, PAPER, MIST)


def _draw_lamp(image: Image.Image, chance: random.Random) -> None:
    width, height = image.size
    radius = min(width, height) * chance.uniform(0.06, 0.09)
    x, y = width * chance.uniform(0.55, 0.82), height * chance.uniform(0.16, 0.28)
    ImageDraw.Draw(image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=LAMP)


def _draw_hills(image: Image.Image, chance: random.Random) -> None:
    width, height = image.size
    draw = ImageDraw.Draw(image)
    step = max(1, width // 400)
    for number, colour in enumerate(HILLS):
        crest = height * (0.42 + 0.1 * number)
        waves = [(chance.uniform(0.6, 2.4), chance.uniform(0, math.tau), height * 0.05 / (k + 1)) for k in range(3)]
        ridge = [
            (x, crest + sum(size * math.sin(math.tau * turns * x / width + start) for turns, start, size in waves))
            for x in range(0, width + step, step)
        ]
        draw.polygon([*ridge, (width + step, height), (0, height)], fill=colour)


def _draw_spring(image: Image.Image, chance: random.Random) -> None:
    """A pool at the foot of the hills, with the rings a spring makes."""
    width, height = image.size
    top = int(height * 0.84)
    image.paste(_shade(width, height - top, SPRING_TOP, SPRING_DEEP), (0, top))
    draw = ImageDraw.Draw(image)
    x, y = width * chance.uniform(0.3, 0.7), top + (height - top) * 0.45
    for ring in range(1, 6):
        wide, tall = width * 0.035 * ring, (height - top) * 0.075 * ring
        draw.ellipse((x - wide, y - tall, x + wide, y + tall), outline=RIPPLE, width=max(2, height // 500))


def _draw_branch(image: Image.Image, chance: random.Random) -> None:
    """A twig with a few red blossoms from the upper left corner: the one warm spot of the picture."""
    width, height = image.size
    draw = ImageDraw.Draw(image)
    points = [
        (width * 0.045 * k, height * (0.04 + 0.018 * k) + height * chance.uniform(-0.012, 0.012)) for k in range(8)
    ]
    draw.line(points, fill="#55504a", width=max(2, height // 160), joint="curve")
    petal = min(width, height) * 0.012
    for x, y in points[2:]:
        x, y = x + chance.uniform(-petal, petal), y - petal * chance.uniform(0.4, 1.6)
        for turn in range(5):
            angle = math.tau * turn / 5
            px, py = x + petal * math.cos(angle), y + petal * math.sin(angle)
            draw.ellipse((px - petal, py - petal, px + petal, py + petal), fill=RED)
        draw.ellipse((x - petal * 0.6, y - petal * 0.6, x + petal * 0.6, y + petal * 0.6), fill=LAMP)


def _exif(*, with_gps: bool) -> Image.Exif:
    exif = Image.Exif()
    exif[_TAG_DESCRIPTION] = "Drawn for the Jinguo demonstration"
    exif[_TAG_MAKER] = "Jinguo"
    exif[_TAG_MODEL] = "Demonstration camera"
    exif[_TAG_ORIENTATION] = 1
    if with_gps:
        position = exif.get_ifd(_IFD_GPS)
        position.update(
            {
                0: b"\x02\x03\x00\x00",  # GPSVersionID
                1: "N",
                2: LATITUDE_NORTH,
                3: "E",
                4: LONGITUDE_EAST,
                5: b"\x00",  # above sea level
                6: 812.0,  # metres
            }
        )
        exif[_IFD_GPS] = position
    return exif
