"""Every file an office sends gives the record of its text: the kind of file changes nothing of what is read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jinguo.gongwen import Record, Unreadable, read
from jinguo.gongwen.extract import ASIDE, extract
from tests.gongwen import papers
from tests.gongwen.test_demo_notice import EXPECTED, facts
from tests.gongwen.test_properties import assert_honest
from tests.gongwen.test_refused import with_picture
from tests.papers_in import demo_bytes

FOLDER = Path(__file__).resolve().parents[1] / "data" / "notices"
DEMO = demo_bytes().decode()
# Papers that come well set; how messy text is read, the reading's own tests show.
NOTICES = {
    path.stem: path.read_text("utf-8")
    for path in [
        *(FOLDER / f"{n}.txt" for n in ("competition", "items", "plan")),
        *sorted(FOLDER.glob("clean-*.txt"))[::4],
    ]
    if path.exists()
}
MAKERS: dict[str, Callable[[str], bytes]] = {
    "docx": papers.docx_of,
    "docx with heads and feet": lambda t: papers.docx_of(t, header="内部资料", footer="— {n} —"),
    "pdf": lambda t: papers.pdf_of(papers.pages_of(t)),
    "ofd": lambda t: papers.ofd_of(papers.pages_of(t)),
    "html": papers.html_of,
    "html in gb2312": lambda t: papers.html_of(t, charset="gb2312"),
    "html in utf-16": lambda t: papers.html_of(t, charset="utf-16"),
    "mht": lambda t: papers.mht_of(papers.html_of(t)),
    "mht in gb2312": lambda t: papers.mht_of(papers.html_of(t, charset="gb2312"), "gb2312"),
    "txt": lambda t: t.encode(),
    "md": lambda t: "\n".join(f"**{line}**" if line.startswith("一、") else line for line in t.splitlines()).encode(),
    **{
        f"txt in {encoding}": lambda t, e=encoding: t.replace("\n", "\r\n").encode(e)
        for encoding in ("utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
    },
}


def essence(record: Record) -> Any:
    """All that the record says; instead of offsets the words they point to, without blanks and marks of bold."""

    def of(value: Any) -> Any:
        if isinstance(value, dict):
            if value.keys() == {"start", "end", "quote"}:
                return bare(value["quote"])
            kept = {k: of(v) for k, v in value.items() if not (k in ("start", "end") and "bucket" in value)}
            if "src" in kept:
                kept["src"] = "".join(kept["src"])
            return kept
        if isinstance(value, list):
            return [of(one) for one in value]
        return bare(value) if isinstance(value, str) else value

    plain = record.to_json()
    for name in ("raw", "extractor", "layout", "name"):
        del plain[name]
    return of(plain)


def bare(text: str) -> str:
    return "".join(c for c in text if c not in " \u3000\xa0\n*")


def assert_exact(data: bytes) -> None:
    """Bold spans, marks and pages lie in the text and in order."""
    found = extract(data)
    for start, end in [*found.bold, *((m.start, m.end) for m in found.marks)]:
        assert 0 <= start < end <= len(found.raw)
    assert list(found.bold) == sorted(found.bold)
    assert all(0 < at <= len(found.raw) for at in found.pages)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_kind_of_file_changes_nothing(kind: str) -> None:
    data = MAKERS[kind](DEMO)
    record = read(data)
    assert facts(record) == EXPECTED
    assert essence(record) == essence(read(DEMO))
    assert record.extractor.name.startswith(kind.split()[0].replace("txt", "text/").replace("md", "text/"))
    assert_honest(record)
    assert_exact(data)


@pytest.mark.parametrize("notice", sorted(NOTICES))
@pytest.mark.parametrize("kind", ["docx", "pdf", "ofd", "html"])
def test_other_notices_too(kind: str, notice: str) -> None:
    text = NOTICES[notice]
    if kind in ("pdf", "ofd"):
        text = "\n".join(line for line in text.splitlines() if "\t" not in line)
    record = read(MAKERS[kind](text))
    assert essence(record) == essence(read(text))
    assert_honest(record)


def test_there_are_notices_to_try() -> None:
    assert len(NOTICES) >= 2


# ---- through LibreOffice, where it is installed


@pytest.fixture(scope="module")
def office(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The demonstration notice as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("office")
    made: dict[str, bytes] = {}

    def of(ending: str) -> bytes:
        if ending not in made:
            source = papers.docx_of(DEMO, header="内部资料", footer="— {n} —")
            made[ending] = papers.office_made(soffice, source, ending, folder / ending)
        return made[ending]

    return of


@pytest.mark.parametrize(
    "ending", ["doc", "pdf", pytest.param("odt", marks=pytest.mark.slow), pytest.param("rtf", marks=pytest.mark.slow)]
)
def test_what_a_word_processor_saves(ending: str, office: Callable[[str], bytes]) -> None:
    record = read(office(ending), "通知.wps" if ending == "doc" else f"通知.{ending}")
    assert facts(record) == EXPECTED
    assert essence(record) == essence(read(DEMO))
    assert record.extractor.name == ending
    kinds = {fact.kind for fact in record.layout}
    assert {"running_head", "page_number"} <= kinds
    assert_honest(record)


@pytest.mark.slow
def test_a_doc_is_read_in_the_contained_child_too(office: Callable[[str], bytes]) -> None:
    from jinguo.gongwen.sandbox import read_in_child

    record = read_in_child(office("doc"), "通知.doc")
    assert facts(record) == EXPECTED and record.extractor.name == "doc" and "LibreOffice" in record.extractor.version


@pytest.mark.slow
def test_libreoffice_brings_in_no_file_of_the_machine(soffice: str, tmp_path: Path) -> None:
    """A document that asks for a file beside it, by a linked section and by a field, gets neither."""
    secret = tmp_path / "secret.txt"
    secret.write_text("机器上的秘密内容")
    ns = ["office", "text", "xlink"]
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    spaces = " ".join(f'xmlns:{n}="{names[n]}"' for n in ns)
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:body><office:text><text:p>各县妇联：请报送名单。</text:p>'
        f'<text:section text:name="a"><text:section-source xlink:href="{secret.as_uri()}"/><text:p>旧的内容</text:p>'
        "</text:section></office:text></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    data = papers.zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "META-INF/manifest.xml": manifest}
    )  # fmt: skip
    raw = extract(data).raw
    assert "各县妇联" in raw and "秘密" not in raw


def test_without_libreoffice_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(Unreadable) as caught:
        read(rb"{\rtf1\ansi \u36890?\u30693?}")
    assert caught.value.code == "needs_office"
    assert "libreoffice-writer-nogui" in caught.value.zh and "libreoffice-writer-nogui" in caught.value.en


# ---- what the file says beside its text


def marked(data: bytes) -> dict[str, list[str]]:
    found = extract(data)
    out: dict[str, list[str]] = {}
    for mark in found.marks:
        out.setdefault(mark.kind, []).append(found.raw[mark.start : mark.end])
    return out


@pytest.mark.parametrize("kind", ["pdf", "ofd"])
def test_heads_feet_and_pages_are_facts_of_the_page(kind: str) -> None:
    pages = papers.pages_of(DEMO)
    for page in pages:
        page.insert(0, papers.Drawn(85, 60, "阳泉市妇联文件汇编"))
    data = papers.pdf_of(pages) if kind == "pdf" else papers.ofd_of(pages)
    assert marked(data) == {"running_head": ["阳泉市妇联文件汇编"], "page_number": ["— 1 —", "— 2 —", "— 3 —"]}
    record = read(data)
    assert facts(record) == EXPECTED
    splits = [fact for fact in record.layout if fact.kind in ("page_split", "page_break")]
    assert len(splits) == 2 and all(fact.src for fact in splits)


def test_a_classified_head_of_a_page_is_enough_to_refuse() -> None:
    with pytest.raises(Unreadable) as caught:
        read(papers.docx_of(DEMO, header="秘密★1年"))
    assert caught.value.code == "classified"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {papers.HEIGHT - y0} m {x1} {papers.HEIGHT - y1} l S\n"


ROWS = [("序号", "活动名称", "时间", "地点"), ("1", "女画家作品展", "3月5日—8日", "市文化馆"), ("2", "插花体验课", "3月6日下午2:30", "社区妇女之家")]  # fmt: skip
XS, YS = (85.0, 140.0, 280.0, 400.0, 510.0), (250.0, 290.0, 330.0, 370.0)


def table_page() -> list[papers.Drawn]:
    lines = [papers.Drawn(180, 120, "关于印发2024年活动安排的通知"), papers.Drawn(117, 200, "一、活动安排")]
    for y, cells in zip(YS, ROWS, strict=False):
        lines += [papers.Drawn(x + 3, y + 25, text) for x, text in zip(XS, cells, strict=False)]
    return lines


@pytest.mark.parametrize("kind", ["pdf", "ofd", "html"])
def test_a_ruled_table_is_rows_with_tabs(kind: str) -> None:
    lines = [(x, YS[0], x, YS[-1]) for x in XS] + [(XS[0], y, XS[-1], y) for y in YS]
    mm = 25.4 / 72
    if kind == "pdf":
        data = papers.pdf_of([table_page()], rules="".join(rule(*line) for line in lines))
    elif kind == "ofd":
        paths = "".join(
            f'<ofd:PathObject ID="3" Boundary="{a * mm} {b * mm} {max(c - a, 0.5) * mm} {max(d - b, 0.5) * mm}"/>'
            for a, b, c, d in lines
        )
        data = papers.ofd_of([table_page()], paths=paths)
    else:
        rows = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in ROWS)
        data = f"<html><p>关于印发2024年活动安排的通知</p><p>一、活动安排</p><table>{rows}</table></html>".encode()
    assert marked(data) == {"table": ["\n".join("\t".join(row) for row in ROWS)]}
    assert [(e.name, e.place) for e in read(data).events] == [
        ("女画家作品展", "市文化馆"),
        ("插花体验课", "社区妇女之家"),
    ]


def test_words_across_the_page_are_a_watermark() -> None:
    (page, *_) = papers.pages_of("各县妇联：\n请于3月1日前报送名单。")
    turned = "BT /F0 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm <" + "内部".encode("utf-16-be").hex() + "> Tj ET\n"
    data = papers.pdf_of([page], rules=turned)
    assert marked(data)["watermark"] == ["内部"]
    assert [d.text for d in read(data).report_duties] == ["请于3月1日前报送名单。"]


def test_menus_and_lists_of_links_of_a_web_page_are_not_the_notice() -> None:
    around = (
        "<nav><a href=/>首页</a><a href=/n>通知公告</a></nav><div>您的位置：<a href=/>首页</a> &gt; <a href=/t>通知</a> &gt; 正文</div>",
        "<ul><li><a href=1>上一篇：座谈会</a></li></ul><p><a href=2>打印</a> <a href=3>关闭</a></p><footer>主办：某妇联 电话123</footer>",
    )
    record = read(papers.html_of(DEMO, around=around))
    assert facts(record) == EXPECTED
    assert {"menu"} <= {fact.kind for fact in record.layout}


def test_numbers_a_browser_generates_and_text_it_hides() -> None:
    page = (
        "<html><ol style='list-style-type:cjk-ideographic'><li>活动主题<li>活动内容</ol><ol start=3><li>第三<li>第四</ol>"
        "<p style='display:none'>看不见</p><p>看得<b>见</b>的</p><div>一<br>二</div></html>"
    )
    assert extract(page.encode()).raw.split() == [
        "一、活动主题",
        "二、活动内容",
        "3.第三",
        "4.第四",
        "看得见的",
        "一",
        "二",
    ]
    assert marked(page.encode()) == {"auto_number": ["一、", "二、", "3.", "4."]}
    found = extract(page.encode())
    assert [found.raw[a:b] for a, b in found.bold] == ["见"]


def test_text_pasted_from_a_chat_or_a_web_page() -> None:
    pasted = "\ufeff" + DEMO.replace("\n\n", "\n\u200b\n").replace("各单位", "各\u200b单位").replace("   ", "\xa0 ")
    record = read(pasted)
    assert facts(record) == EXPECTED
    assert record.raw == pasted
    assert_honest(record)


def test_radicals_that_a_pdf_writes_for_characters() -> None:
    page = [papers.Drawn(85, 150, "各县⼥联：请于3⽉1⽇前报送⼯作⻓效机制名单。")]
    assert extract(papers.pdf_of([page])).raw.strip() == "各县女联：请于3月1日前报送工作长效机制名单。"


def test_some_scanned_pages_are_said_and_the_rest_is_read() -> None:
    pages = [*papers.pages_of(DEMO), []]
    data = papers.pdf_of(pages)
    record = read(with_picture(data))
    gap = next(gap for gap in record.gaps if gap.code == "file.scanned_pages")
    assert "第 4 页是扫描的图片" in gap.text
    assert [n.clause for n in record.outline] == [n[3] for n in EXPECTED["outline"]]


def test_the_record_of_every_kind_survives_json() -> None:
    for kind in ("docx with heads and feet", "pdf", "ofd", "html"):
        record = read(MAKERS[kind](DEMO))
        assert Record.from_json(json.loads(json.dumps(record.to_json()))) == record
        assert all(
            mark in {"running_head", "page_number"}
            for mark in {m.kind for m in extract(MAKERS[kind](DEMO)).marks} & ASIDE
        )
