"""One run of the benchmark of reports on the database the environment names: rows copied in SQL, the server started, pages
asked. The figures are asked, less often, when three of ten rows are there; one return of ten waits for the reviewer. Every one
counts, is as long as a real one, says some of the numbers and answers a clause; two tell of one event."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import django

SUMMARY, BODY = (
    "组织妇女群众到现场参加活动，" * 8,
    "活动中讲解法律和健康知识，现场答疑，发放资料。" * 10,
)  # of the usual length


def main() -> None:
    """Make the tables, the city and the rows, then ask each page many times over one connection, print a line each."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests.bench import _city
    from tests.bench._board_run import TIMES, ask_many, server

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    started, many = time.perf_counter(), int(sys.argv[1])
    city = _city.build(units=600, asks=2)
    client = Client()
    client.force_login(city.officer)
    cookie = f"jinguo={client.cookies['jinguo'].value}"
    for mark, part, pages, times in (("b", many * 3 // 10, figures, 8), ("c", many - many * 3 // 10, lists, TIMES)):
        multiply(part, mark)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET statement_timeout = 0")  # a page may not take so long; this is none
                cursor.execute("VACUUM ANALYZE")  # as the database does by itself within minutes
            else:
                cursor.execute("ANALYZE")
        asked = list(pages(city))
        print(f"{part:,} returns more after {time.perf_counter() - started:.0f} s", flush=True)
        connection.close()
        with server() as port:
            for title, path in asked:
                print(f"{title:<44}{ask_many(port, path, cookie, times)}", flush=True)


def figures(city: object) -> Iterator[tuple[str, str]]:
    """What is measured with the returns of one campaign."""
    campaign = city.campaign.code  # type: ignore[attr-defined]
    yield "figures of a campaign, every way", f"/desk/campaigns/{campaign}/figures/"
    yield "rows behind one figure", f"/desk/campaigns/{campaign}/figures/?metric=on_site&way=confirmed"


def lists(city: object) -> Iterator[tuple[str, str]]:
    """What is measured with all of them."""
    from jinguo.reports.models import Return

    campaign = city.campaign.code  # type: ignore[attr-defined]
    deep = Return.objects.filter(state="accepted").order_by("-sent_at")[100_000:100_001].first()
    waiting = Return.objects.filter(state="reported").order_by("-sent_at").first()
    yield "list: what waits, first page", "/desk/reports/"
    yield "list: accepted, first page", "/desk/reports/?pile=accepted"
    if deep is not None:
        yield "list: accepted, 100,000 rows further on", f"/desk/reports/?pile=accepted&after={deep.code}"
    yield "list: everything", "/desk/reports/?pile=all"
    yield "list: of one campaign", f"/desk/reports/?pile=all&campaign={campaign}"
    assert waiting is not None
    yield "one report with the tray beside", f"/desk/reports/{waiting.code}/"


def multiply(many: int, mark: str) -> None:
    """Copy one sent return, its version and its clause `many` times, spread over the units, the states and the past year."""
    from django.db import connection

    from jinguo.campaigns.models import Clause, Obligation
    from jinguo.campaigns.models.obligation import AskKind
    from jinguo.reports.models import Return, ReturnClause, ReturnVersion

    given = Return.objects.exclude(current=None).exclude(state="draft").first()
    assert given and given.current
    open_ended = Obligation.objects.filter(ask__campaign=given.campaign, ask__kind=AskKind.EACH_ACTIVITY)
    duties = list(open_ended.order_by("pk").values_list("pk", flat=True))
    clauses = list(Clause.objects.filter(campaign=given.campaign).order_by("pk").values_list("pk", flat=True))
    assert duties[-1] - duties[0] == len(duties) - 1 and clauses[-1] - clauses[0] == len(clauses) - 1, "made in one go"
    lite = connection.vendor == "sqlite"
    moment = "datetime('now', '-' || (n.i * 31) || ' seconds')" if lite else "now() - n.i * interval '31 seconds'"
    later = (
        f"datetime({moment}, (n.i % 4000) || ' minutes')" if lite else f"{moment} + n.i % 4000 * interval '1 minute'"
    )
    newest = {"r": Return, "v": ReturnVersion, "f": ReturnClause}
    first = {name: model.objects.order_by("-pk")[0].pk + 10 for name, model in newest.items()}
    event = (
        f"'{mark}' || (CAST(n.i % {many // 2} AS BIGINT) * 7919 % 999983) || '{'e' * 25}'"  # as scattered as real ones
    )
    names = {"o": duties[0], "k": len(duties), "c": clauses[0], "l": len(clauses), **first}
    accepted, state = "n.i % 10 > 1", "CASE n.i % 10 WHEN 0 THEN 'reported' WHEN 1 THEN 'sent_back' ELSE 'accepted' END"
    rows = {
        "id": "{r} + n.i", "code": f"'{mark}' || n.i", "key": f"'{mark}' || n.i", "obligation_id": "o.id", "unit_id": "o.unit_id",
        "state": state, "current_id": "{v} + n.i", "accepted_id": f"CASE WHEN {accepted} THEN {{v}} + n.i END",
        "accepted_at": f"CASE WHEN {accepted} THEN {moment} END", "sent_at": moment, "first_sent_at": moment,
        "created_at": moment, "outcome": "''", "activity_id": "NULL", "joint_id": "NULL", "merged_into_id": "NULL",
    }  # fmt: skip
    versions = {
        "id": "{v} + n.i", "code": f"'{mark}' || n.i", "token": f"'{mark}' || n.i", "given_id": "{r} + n.i", "number": "1",
        "on_site": "n.i % 300", "sent_at": moment, "written_at": moment, "event": event,
        "on_site_about": "n.i % 7 = 0", "women": "CASE WHEN n.i % 3 > 0 THEN n.i % 200 END", "summary": f"'{SUMMARY}'",
        "benefited": "CASE WHEN n.i % 3 = 0 THEN n.i % 50 END", "deeds": "CASE WHEN n.i % 5 = 0 THEN 1 END", "body": f"'{BODY}'",
        "answered_at": f"CASE WHEN n.i % 10 > 0 THEN {later} END",
    }  # fmt: skip
    insert([copying(*one, names, many) for one in tables(given, rows, versions, first["f"] - 10)] + [telling(names)])


def tables(
    given: Any, rows: dict[str, str], versions: dict[str, str], link: int
) -> Iterator[tuple[type, int, dict[str, str]]]:
    """What is copied: a table, the row it is copied from, and the columns reckoned for each copy."""
    from jinguo.reports.models import Return, ReturnClause, ReturnVersion

    yield Return, given.pk, rows
    yield ReturnVersion, given.current_id, versions
    yield ReturnClause, link, {"id": "{f} + n.i", "version_id": "{v} + n.i", "clause_id": "{c} + n.i % {l}"}


def insert(commands: list[str]) -> None:
    """Run them in one transaction."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL statement_timeout = 0")  # a page may not take so long; this is none
        for command in commands:
            cursor.execute(command)


def telling(names: dict[str, int]) -> str:
    """One INSERT of what the copies tell, as the actions write it (`actions.telling`)."""
    numbers = ("on_site", "women", "online", "benefited", "deeds")
    scores = [f"v.{one} * 2 + CASE WHEN v.{one}_about THEN 0 ELSE 1 END" for one in numbers[:-1]]
    listed, drawn = ", ".join(numbers), ", ".join((*scores, "v.deeds * 2 + 1"))
    return f"""
        INSERT INTO reports_told (given_id, campaign_id, ask_id, confirmed, event, {listed})
        SELECT r.id, r.campaign_id, o.ask_id, s.confirmed, v.event, {drawn} FROM reports_return r
        JOIN campaigns_obligation o ON o.id = r.obligation_id JOIN (SELECT 1 = 0 AS confirmed UNION ALL SELECT 1 = 1) s ON 1 = 1
        JOIN reports_returnversion v ON v.id = CASE WHEN s.confirmed THEN r.accepted_id ELSE r.current_id END
        WHERE r.id > {names["r"]}
    """  # noqa: S608


def copying(model: type, pk: int, changes: dict[str, str], names: dict[str, int], many: int) -> str:
    """One INSERT that copies a row of a table, some columns reckoned from the copy's number `n.i`. Only names and numbers of
    ours are put in."""
    meta = model._meta  # type: ignore[attr-defined]
    columns = [field.column for field in meta.concrete_fields]
    drawn = ", ".join(changes[one].format(**names) if one in changes else f't."{one}"' for one in columns)
    listed = ", ".join(f'"{one}"' for one in columns)
    table, duty = meta.db_table, f"{names['o']} + n.i % {names['k']}"
    return f"""
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many})
        INSERT INTO {table} ({listed}) SELECT {drawn} FROM n
        JOIN {table} t ON t.id = {pk} JOIN campaigns_obligation o ON o.id = {duty}
    """  # noqa: S608


if __name__ == "__main__":
    main()
