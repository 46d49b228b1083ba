"""`jinguo read FILE`: a tree a person can read, the record for programs, and a clear word with code 2 otherwise."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from jinguo.gongwen import Record, read
from jinguo.gongwen.command import main

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "jinguo" / "ops" / "demo" / "notice.txt"


def test_the_tree_shows_clauses_events_and_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(NOTICE)]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "二要共读一本书" not in lines
    assert "三要共读一本书  [二(一)三]" in lines
    assert "◆ E1 全市纪念“三八”国际妇女节114周年大会（congress，节日前后）" in lines
    assert "报送  R1 简要情况 → 市妇联宣教部，没有日期（“及时”）" in lines
    assert "缺    没有联系人姓名。" in lines
    assert lines[-1] == "共 47 句，0 句没有归类"


def test_json_is_the_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(NOTICE), "--json"]) == 0
    assert Record.from_json(json.loads(capsys.readouterr().out)) == read(NOTICE.read_bytes(), NOTICE.name)


def test_the_json_keeps_its_order_of_fields() -> None:
    plain = read(NOTICE.read_bytes()).to_json()
    promised = [
        "schema_version", "genre", "subtype", "preamble", "goals", "constraints", "background", "cited_documents", "title",
        "doc_number", "issuer", "recipients", "theme", "outline", "events", "tasks", "deadlines", "report_duties", "contacts",
        "attachments", "sign", "imprint", "gaps", "deviations",
    ]  # fmt: skip
    assert [key for key in plain if key in promised] == promised
    assert plain["schema_version"] == 1
    assert {"id", "level", "marker", "heading", "src", "rule", "conf", "inferred"} <= plain["outline"][0].keys()
    assert {"name", "kind", "date", "window", "facets", "owner", "src"} <= plain["events"][0].keys()
    assert {"text", "actor", "force", "venues", "groups", "quantities", "src"} <= plain["tasks"][0].keys()
    assert {"text", "date", "edge", "what", "soft", "src"} <= plain["deadlines"][0].keys()


@pytest.mark.parametrize(
    ("name", "data", "zh", "en"),
    [
        ("picture.docx", b"\x89PNG\r\n\x1a\n0000", "这是一张图片", "This is a picture"),
        ("empty.txt", b"", "文件是空的", "The file is empty"),
    ],
)
def test_a_bad_file_ends_with_code_2_and_both_sentences(
    name: str, data: bytes, zh: str, en: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert main([str(tmp_path / name)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and zh in printed.err and en in printed.err and "Traceback" not in printed.err


def test_a_missing_file_ends_with_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "no.docx")]) == 2
    assert "打不开文件" in capsys.readouterr().err


def test_it_runs_alone_as_a_library_without_django() -> None:
    words = "import sys; from jinguo.gongwen.__main__ import main; main(['-']); assert 'django' not in sys.modules, 'django'"
    done = subprocess.run(
        [sys.executable, "-c", words], input=NOTICE.read_bytes(), cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0 and "关于做好2024年" in done.stdout.decode()


@pytest.mark.parametrize(
    "change", [{"raw": "另一段文字"}, {"schema_version": 2}, {"events": None}, {"extra": 1}, {"title": {"text": 5}}]
)
def test_a_changed_record_is_not_taken_back(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"expected|schema|does not quote"):
        Record.from_json({**read(NOTICE.read_bytes()).to_json(), **change})


def test_an_office_may_add_its_own_words() -> None:
    from jinguo.gongwen.lexicon import default

    line = "举办“春暖”擂台。"
    assert [(e.name, e.kind, e.conf) for e in read(line).events] == [("“春暖”擂台", "other", "low")]
    words = default().with_words({"events": {"strong_heads": ["擂台"]}, "event_kinds": {"competition": ["擂台"]}})
    assert [(e.name, e.kind) for e in read(line, lexicon=words).events] == [("“春暖”擂台", "competition")]
    with pytest.raises(ValueError, match="no table"):
        default().with_words({"evnts": {}})


def test_the_table_has_a_row_for_everything_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(NOTICE), "--csv"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))
    record = read(NOTICE.read_bytes())
    ids = [row["id 编号"] for row in rows]
    things = [*record.tasks, *record.events, *record.deadlines, *record.report_duties, *record.constraints]
    assert sorted(ids) == sorted(thing.id for thing in things)
    for row in rows:
        quote = record.raw[int(row["start 起"]) : int(row["end 止"])]
        assert quote.replace("\n", "").startswith(row["text 原话"][:10].lstrip("'"))
    report = next(row for row in rows if row["kind 类别"] == "report")
    assert (report["date 日期"], report["soft 未定日期的说法"]) == ("", "及时")


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-2", "@a", " =1", "\t=1", "＝1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    from jinguo.gongwen.showing.table import safe

    assert safe(cell) == "'" + cell and safe("3月=三") == "3月=三"


def test_a_paper_full_of_formulas_makes_a_harmless_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = tmp_path / "=cmd.txt"
    paper.write_text(
        '关于报送的通知\n各县妇联：\n一、要求\n1.=HYPERLINK("http://example.org")要报送名单。\n请于3月1日前报送@名单。',
        "utf-8",
    )
    assert main([str(paper), "--csv"]) == 0
    cells = [cell for row in csv.reader(io.StringIO(capsys.readouterr().out)) for cell in row]
    assert len(cells) > 30 and not any(cell.lstrip("\ufeff \u3000").startswith(("=", "+", "-", "@")) for cell in cells)


def test_why_shows_the_rule_and_the_words_in_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(NOTICE), "--why", "r1"]) == 0
    printed = capsys.readouterr().out
    assert "R1  ReportDuty  规则 rule report." in printed
    assert "channels[0]  Contact  规则 rule contact.email" in printed and "【xuanjiao@example.org】" in printed
    assert main([str(NOTICE), "--why", "二(一)三"]) == 0
    printed = capsys.readouterr().out
    assert "clause: 二(一)三" in printed and "【三要共读一本书】" in printed
    assert main([str(NOTICE), "--why", "title"]) == 0
    assert "【关于做好2024年“三八”国际妇女节系列活动的通知】" in capsys.readouterr().out


def test_why_of_something_that_is_not_there_says_what_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(NOTICE), "--why", "x9"]) == 2
    printed = capsys.readouterr()
    assert (
        printed.out == ""
        and "没有编号、条款或部分叫 x9" in printed.err
        and "There are:" in printed.err
        and "T1–T" in printed.err
    )


def test_a_folder_is_read_file_by_file_and_bad_ones_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_bytes(NOTICE.read_bytes())
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "b.docx").write_bytes(b"\x89PNG\r\n\x1a\n0000")
    (tmp_path / "~$a.docx").write_bytes(b"lock")
    (tmp_path / "picture.png").write_bytes(b"x")
    assert main([str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert "── " in printed.out and "b.docx: 这是一张图片" in printed.err and "b.docx: This is a picture" in printed.err
    assert "lock" not in printed.err and "picture.png" not in printed.err
    assert main([str(tmp_path), "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [("unreadable" in line) for line in lines] == [False, True]
    assert lines[1]["unreadable"]["code"] == "picture"
    assert main([str(tmp_path / "b")]) == 2


def test_an_empty_folder_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "里面没有可以读的文件" in capsys.readouterr().err


def test_standard_input_a_date_and_an_office_s_own_words(tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[events]\nstrong_heads = ["擂台"]\n[event_kinds]\ncompetition = ["擂台"]\n', "utf-8")
    command = [sys.executable, "-m", "jinguo", "read", "-", "--json", "--date", "2024-02-20", "--lexicon", str(words)]
    done = subprocess.run(
        command, input="举办“春暖”擂台。请于3月20日前报送名单。".encode(), cwd=ROOT, capture_output=True, timeout=60, check=True
    )  # fmt: skip
    record = Record.from_json(json.loads(done.stdout))
    assert [e.name for e in record.events] == ["“春暖”擂台"] and [d.due for d in record.report_duties] == ["2024-03-20"]


def test_words_of_the_command_that_are_wrong_end_with_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.toml").write_text("[evnts]\na = 1\n", "utf-8")
    assert main([str(NOTICE), "--lexicon", str(tmp_path / "bad.toml")]) == 2
    assert "用不了" in (err := capsys.readouterr().err) and "cannot be used" in err
    with pytest.raises(SystemExit) as ended:
        main(["--nonsense"])
    assert ended.value.code == 2


def test_the_contained_way_gives_the_same_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(NOTICE), "--json", "--contained"]) == 0
    assert Record.from_json(json.loads(capsys.readouterr().out)) == read(NOTICE.read_bytes(), NOTICE.name)


def test_importing_the_library_loads_no_reader_and_no_format() -> None:
    words = (
        "import sys, jinguo.gongwen; heavy = [m for m in sys.modules if m.startswith(('jinguo.gongwen.', 'docx', 'lxml', "
        "'pypdfium2', 'defusedxml', 'xml.'))]; assert heavy == [], heavy"
    )
    subprocess.run([sys.executable, "-c", words], cwd=ROOT, timeout=60, check=True)
