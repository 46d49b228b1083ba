"""`jinguo load-divisions FILE [FILE …] [--under UNIT | --root NAME]`: a federation for every administrative division."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from jinguo.federation.actions.divisions import plant_divisions
from jinguo.federation.actions.units import NewUnit, plant_units
from jinguo.federation.divisions import BadDivisions, Division, divisions_of
from jinguo.federation.models import Unit
from jinguo.journal.actions import System
from jinguo.lib import clock
from jinguo.ops.progress import Bar

BY = System("load-divisions")


class Command(BaseCommand):
    help = (
        "Plant a federation for every division of public division data (.csv or .xlsx with a code and a name column; see "
        "docs/run/divisions.md). Run again, or on after a break, it adds only what is missing. / 按公开区划数据建各级妇联。"
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", type=Path)
        above = parser.add_mutually_exclusive_group()
        above.add_argument("--under", help="code or full name of the unit they stand below / 放在哪个单位下面")
        above.add_argument("--root", help="full name of a unit to be planted above the provinces / 最上面的单位")

    def handle(self, *args, **options):
        began = clock.monotonic()
        divisions = [division for path in options["files"] for division in self.read(path)]
        if not divisions:
            raise CommandError("No divisions in these files. / 文件里没有区划。")
        under = self.above(options)
        bar = Bar(len(divisions), self.stderr, live=sys.stderr.isatty())
        try:
            planted = plant_divisions(divisions, by=BY, under=under, told=bar.show)
        except BadDivisions as fault:
            raise CommandError(str(fault)) from fault
        bar.end()
        seconds = clock.monotonic() - began
        self.stdout.write(
            f"{planted.new:,} new, {planted.there:,} there already, {planted.renamed:,} with another name, "
            f"{seconds:.0f} s / 新建 {planted.new:,}，已有 {planted.there:,}，名称不同（没有改）{planted.renamed:,}"
        )

    def read(self, path: Path) -> list[Division]:
        try:
            return list(divisions_of(rows_of(path)))
        except (OSError, UnicodeDecodeError, csv.Error) as fault:
            raise CommandError(f"{path}: cannot be read ({fault}) / 读不了") from fault
        except (BadDivisions, IndexError) as fault:
            raise CommandError(f"{path}: {fault}") from fault

    def above(self, options) -> Unit | None:
        if options["root"]:
            standing = Unit.objects.filter(parent=None, name=options["root"]).first()
            name = options["root"]
            new = NewUnit("root", name, name.replace("妇女联合会", "妇联")[:40], "federation", "province")
            return standing or plant_units([new], by=BY)["root"]
        if not options["under"]:
            return None
        words = options["under"]
        found = list(Unit.objects.filter(code=words)[:2]) or list(Unit.objects.filter(name=words)[:2])
        if len(found) != 1:
            raise CommandError(f"--under {words}: found {len(found)} units / 找到 {len(found)} 个单位，请写单位编号")
        return found[0]


def rows_of(path: Path) -> Iterator[list[str]]:
    """The rows of a .csv (UTF-8 or GB18030) or of the first sheet of a workbook, as text."""
    if path.suffix.lower() in {".xlsx", ".xls", ".et", ".ods"}:
        from python_calamine import load_workbook

        yield from _texts(load_workbook(path).get_sheet_by_index(0).iter_rows())
        return
    with path.open("rb") as file:
        start = file.read(1 << 16)
    try:
        start[: start.rfind(b"\n") + 1].decode("utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "gb18030"
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.reader(file)


def _texts(rows: Iterable[Sequence[object]]) -> Iterator[list[str]]:
    """Codes that the spreadsheet took for numbers come back without a point."""
    for row in rows:
        yield [str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row]
