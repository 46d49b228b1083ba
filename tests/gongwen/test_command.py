"""`jinguo read FILE`: a tree a person can read, the record for programs, and a clear word with code 2 otherwise."""

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
    assert read(line).events == ()
    words = default().with_words({"events": {"strong_heads": ["擂台"]}, "event_kinds": {"competition": ["擂台"]}})
    assert [(e.name, e.kind) for e in read(line, lexicon=words).events] == [("“春暖”擂台", "competition")]
    with pytest.raises(ValueError, match="no table"):
        default().with_words({"evnts": {}})
