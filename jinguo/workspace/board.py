"""What the board's pages show of a campaign: its parts with how they stand and what they cover, and the schematic of them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from jinguo.campaigns.models import Ask, Campaign
from jinguo.campaigns.queries.circulation import Tally
from jinguo.campaigns.queries.groups import Group
from jinguo.campaigns.queries.rollup import Standing, board_of
from jinguo.campaigns.queries.roster import city_of
from jinguo.federation.queries.map import arrange, arranged_by, trimmed
from jinguo.reports.queries.coverage import Coverage, Tile, coverage_of
from jinguo.ui.charts import MapTile


@dataclass(frozen=True)
class Part:
    """A county or a class of units: how it stands, what it covers."""

    group: Group
    standing: Standing
    tile: Tile


@dataclass(frozen=True)
class Whole:
    """A campaign at one moment: its asks, its parts, all of it, the matrix of clauses, and the days on which units ended."""

    asks: list[tuple[Ask, Tally]]
    parts: list[Part]
    standing: Standing
    coverage: Coverage
    ended: list[date]


def whole_of(campaign: Campaign, moment: datetime) -> Whole:
    """Everything the one screen counts."""
    city = city_of(campaign)
    board, coverage = board_of(campaign, moment, city), coverage_of(campaign, city)
    parts = [Part(group, standing, tile) for (group, standing), tile in zip(board.parts, coverage.tiles, strict=True)]
    return Whole(board.asks, parts, board.whole, coverage, city.roster.ended)


def schematic(campaign: Campaign, parts: list[Part]) -> list[MapTile]:
    """Counties as the office arranged them, else in a block in the order of the tree; units that stand in no county in rows
    below."""
    counties = [part for part in parts if part.group.is_county]
    others = [part for part in parts if not part.group.is_county]
    cells = trimmed(arrange([part.group.code for part in counties], arranged_by(campaign.office)))
    across = max(max((column + 1 for column, _row in cells.values()), default=0), min(len(others), 3), 1)
    below = max((row + 1 for _column, row in cells.values()), default=0)
    places = [cells[part.group.code] for part in counties]
    places += [(n % across, below + n // across) for n in range(len(others))]
    address = reverse("workspace:board_places", args=[campaign.code])
    return [_tile(part, place, address) for part, place in zip([*counties, *others], places, strict=True)]


def _tile(part: Part, place: tuple[int, int], address: str) -> MapTile:
    done, clauses = sum(part.tile.done), len(part.tile.done)
    spoken = _("%(name)s，%(all)s 条里 %(done)s 条有单位报来") % {"name": part.group.name, "all": clauses, "done": done}
    name = part.group.name if len(part.group.name) <= 6 else f"{part.group.name[:5]}…"
    return MapTile(
        *place,
        name,
        part.tile.share,
        (done * 4 // clauses or min(done, 1)) if clauses else 0,
        f"{address}?at={part.group.code}",
        spoken,
    )
