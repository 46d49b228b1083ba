"""Tables to take away: one as .csv, or several as the sheets of one workbook."""

from collections.abc import Sequence

from django.http import HttpResponse

from jinguo.lib.sheets import Table, write_csv, write_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_answer(name: str, tables: Sequence[Table], *, as_csv: bool) -> HttpResponse:
    """The file to download, never kept by a cache.

    Args:
        name: of the file, without its ending; as .csv it holds the first table.
    """
    data = write_csv(tables[0]) if as_csv else write_workbook(list(tables))
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8" if as_csv else XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{"csv" if as_csv else "xlsx"}"'
    answer["Cache-Control"] = "no-store"
    return answer
