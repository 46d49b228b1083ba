"""`jinguo check FILE`: findings by strength for a person, JSON for programs, and a corrected copy only when asked."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jinguo.gongwen.checking import RULES
from jinguo.gongwen.checking.command import main
from tests.gongwen.checking.papers import notice

ROOT = Path(__file__).resolve().parents[3]
FAULTY = notice("请各单位参加,并于3月5号前报名。", number="清妇发[2024]07号")
MENDED = notice("请各单位参加，并于3月5日前报名。")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "通知.txt"
    path.write_text(FAULTY, "utf-8")
    return path


def test_the_tree_names_rule_place_and_basis(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--units", "12"]) == 0
    printed = capsys.readouterr().out
    assert "不符合标准  3 处" in printed and "与通行格式不同（一般）  1 处" in printed
    assert "N1  第2行  发文字号的年份用六角括号〔〕括入。（GB/T 9704—2012 7.2.5）" in printed
    assert "「3月5号」" in printed and "覆盖 12 家；每家约 5 分钟，合计约 1 小时" in printed
    assert [p.name for p in file.parent.iterdir()] == ["通知.txt"] and file.read_text("utf-8") == FAULTY


def test_json_holds_findings_and_burden(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["schema_version"] == 1 and plain["burden"]["units"] is None and plain["burden"]["hours"] is None
    first = plain["findings"][0]
    assert (first["rule"], first["strength"], first["fix"], first["src"][0]["quote"]) == ("N1", "M", "now", "[2024]")
    assert first["verdict_zh"].startswith("不符合 GB/T 9704") and first["verdict_en"].startswith("Does not comply")


def test_a_corrected_copy_stands_beside_and_overwrites_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--fix"]) == 0 and main([str(file), "--fix"]) == 0
    copies = {p.name: p.read_text("utf-8") for p in file.parent.iterdir()}
    assert copies == {"通知.txt": FAULTY, "通知.改正.txt": MENDED, "通知.改正2.txt": MENDED}
    assert "原件没有动" in capsys.readouterr().err


def test_nothing_to_fix_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "好.txt").write_text(notice(), "utf-8")
    assert main([str(tmp_path / "好.txt"), "--fix", "--strict"]) == 0
    printed = capsys.readouterr()
    assert "没有发现和通行格式不同的地方。" in printed.out and "没有另存" in printed.err
    assert len(list(tmp_path.iterdir())) == 1


def test_strict_says_so_in_its_code(file: Path) -> None:
    assert main([str(file), "--strict"]) == 1


def test_bad_files_end_with_code_2_and_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    assert main([str(tmp_path / "空.txt")]) == 2 and main([str(tmp_path / "没有.txt")]) == 2
    err = capsys.readouterr().err
    assert "文件是空的" in err and "The file is empty" in err and "打不开文件" in err and "Cannot open" in err


def test_the_superiors_notice_may_stand_beside(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    above = tmp_path / "上级.txt"
    report = "请各县妇联于3月20日前将活动总结报送市妇联宣传部。"
    above.write_text(notice(report), "utf-8")
    file.write_text(notice(report.replace("20", "15")), "utf-8")
    assert main([str(file), "--above", str(above)]) == 0
    assert "有变化  活动总结\n        提前：2024-03-20 → 2024-03-15" in capsys.readouterr().out
    assert main([str(file), "--above", str(above), "--json"]) == 0
    assert [d["state"] for d in json.loads(capsys.readouterr().out)["differences"]] == ["changed"]
    assert main([str(file), "--above", str(tmp_path / "没有.txt")]) == 2


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--rules"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(RULES)


def test_it_runs_alone_without_django() -> None:
    words = (
        "import sys; from jinguo.gongwen.checking.command import main; code = main(['-']); "
        "assert 'django' not in sys.modules, 'django'; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words], input=FAULTY.encode(), cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0 and "P1" in done.stdout.decode()
