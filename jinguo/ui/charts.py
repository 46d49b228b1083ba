"""Drawings made by the server as SVG geometry: stacked bar, coverage squares, seats. No style attribute anywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

Segment = tuple[str, int, str]


def stacked_bar(label: str, segments: Iterable[Segment]) -> SafeString:
    """Shares of a set. A segment is (fill of `State.bar`, count, word); zeros are left out, ten units a head."""
    shown = [segment for segment in segments if segment[1] > 0]
    rects, edges, at = [], [], 0
    for fill, count, word in shown:
        rects.append((fill, at * 10, count * 10, word, count))
        at += count
        edges.append((at * 10,))
    comma, colon = pgettext("punctuation", "，"), pgettext("punctuation", "：")
    spoken = comma.join(f"{word} {count}" for _fill, count, word in shown) or "0"
    return format_html(
        '<svg class="bar" viewBox="0 0 {} 16" preserveAspectRatio="none" role="img" aria-label="{}">{}{}</svg>',
        max(at * 10, 1),
        f"{label}{colon}{spoken}",
        format_html_join("", '<rect class="k-{}" x="{}" width="{}" height="16"><title>{} {}</title></rect>', rects),
        format_html_join("", '<line x1="{0}" y1="0" x2="{0}" y2="16"/>', edges[:-1]),
    )


def squares(done: Sequence[bool]) -> SafeString:
    """One square a clause, filled when something was reported. The words beside it say the same: hidden from speech."""
    cells = [(1 + 13 * i, "on" if filled else "off") for i, filled in enumerate(done)]
    return format_html(
        '<svg viewBox="0 0 {} 12" aria-hidden="true">{}</svg>',
        max(13 * len(done) + 1, 13),
        format_html_join("", '<rect x="{}" y="1" width="10" height="10" rx="2" class="{}"/>', cells),
    )


@dataclass(frozen=True)
class MapTile:
    """One place on the schematic: where it stands, what is written on it, how dark it is (heat 0 to 4), where it leads."""

    column: int
    row: int
    name: str
    figure: str
    heat: int
    url: str
    spoken: str


TILE_WIDTH, TILE_HEIGHT, TILE_GAP = 112, 64, 6


def tile_map(label: str, tiles: Sequence[MapTile]) -> SafeString:
    """A schematic of places as equal tiles: no outline, no distance, no rank. Each tile is a link with its own words."""
    across, down = TILE_WIDTH + TILE_GAP, TILE_HEIGHT + TILE_GAP
    drawn = [
        (
            tile.url, f"t{tile.heat}", tile.spoken, tile.column * across, tile.row * down,
            tile.column * across + TILE_WIDTH / 2, tile.row * down + 27, tile.name, tile.row * down + 48, tile.figure,
        )
        for tile in tiles
    ]  # fmt: skip
    cell = (
        '<a href="{0}" class="{1}" aria-label="{2}"><rect x="{3}" y="{4}" width="112" height="64" rx="4"/>'
        '<text x="{5}" y="{6}">{7}</text><text class="figure" x="{5}" y="{8}">{9}</text></a>'
    )
    return format_html(
        '<svg class="tilemap" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        max((tile.column for tile in tiles), default=0) * across + TILE_WIDTH,
        max((tile.row for tile in tiles), default=0) * down + TILE_HEIGHT,
        label,
        format_html_join("", cell, drawn),
    )


def seats(taken: int, total: int, label: str) -> SafeString:
    """Every seat a square, twenty a row; past 200 seats a single bar in their place."""
    taken = min(max(taken, 0), total)
    if total > 200:
        return format_html(
            '<svg class="seats" viewBox="0 0 260 12" role="img" aria-label="{}">'
            '<rect class="on" x="1" y="1" width="{}" height="10"/><rect x="1" y="1" width="258" height="10" rx="2"/></svg>',
            label,
            round(258 * taken / total, 1),
        )
    cells = [(0.75 + 13 * (i % 20), 0.75 + 13 * (i // 20), "on" if i < taken else "off") for i in range(total)]
    return format_html(
        '<svg class="seats" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        13 * min(max(total, 1), 20) - 1.5,
        13 * max(-(-total // 20), 1) - 1.5,
        label,
        format_html_join("", '<rect x="{}" y="{}" width="10" height="10" rx="2" class="{}"/>', cells),
    )
