"""The notice on the screen is the notice that came in: every visible character, in order, with each item's thread."""

import re
from collections import Counter

import pytest

from jinguo.gongwen import read
from jinguo.notices.coverage import Share, cover
from jinguo.notices.models import Item
from jinguo.notices.paper import Block, Mark, lay_out
from jinguo.notices.proposals import propose
from jinguo.notices.sheet import sheet_of
from tests.papers_in import REAL, demo_bytes

NOTICES = [demo_bytes()] + ([REAL.read_bytes()] if REAL else [])


def laid_out(data: bytes | str) -> tuple[str, list[Mark], list[Block]]:
    record = read(data)
    found = record.to_json()
    raw = found.pop("raw")
    marks = [Mark(n, f"code{n}", tuple(p.spans)) for n, p in enumerate(propose(record), 1)]
    sheet = sheet_of(found, raw)
    items = [Item(code=mark.code, spans=[list(span) for span in mark.spans], decision="proposed") for mark in marks]
    return raw, marks, lay_out(sheet, marks, cover(sheet.sentences, items, set()))


@pytest.mark.parametrize("data", NOTICES, ids=["demonstration", "real"][: len(NOTICES)])
def test_nothing_visible_is_lost_or_added(data: bytes) -> None:
    raw, _marks, blocks = laid_out(data)
    shown = "".join(piece.text for block in blocks for piece in block.pieces)
    assert re.sub(r"\s|\*\*", "", shown) == re.sub(r"\s|\*\*", "", raw)


@pytest.mark.parametrize("data", NOTICES, ids=["demonstration", "real"][: len(NOTICES)])
def test_each_item_has_one_beginning_and_one_box(data: bytes) -> None:
    _raw, marks, blocks = laid_out(data)
    pieces = [piece for block in blocks for piece in block.pieces]
    everyone = {mark.n: 1 for mark in marks}
    assert Counter(mark.n for piece in pieces for mark in piece.heads) == everyone
    assert Counter(mark.n for piece in pieces for mark in piece.tails) == everyone


def test_the_head_of_the_paper_looks_like_one() -> None:
    _raw, _marks, blocks = laid_out(demo_bytes())
    assert [block.kind for block in blocks[:4]] == ["masthead", "docno", "title", "recipients"]
    assert [block.kind for block in blocks if block.rule] == ["docno"]
    assert [block.kind for block in blocks[-2:]] == ["sign", "imprint"]
    assert Counter(block.kind for block in blocks)["h1"] == 3


def test_a_line_cut_by_a_page_edge_is_one_paragraph_again() -> None:
    text = "清河市妇女联合会关于办好春季活动的通知\n各社区妇联：\n现将有关事项通知如下：\n一、内容\n要组织志愿者走进老旧小\n\n区，陪老人说说话，办好事实事。\n"
    _raw, _marks, blocks = laid_out(text)
    assert "要组织志愿者走进老旧小区，陪老人说说话，办好事实事。" in [
        "".join(piece.text for piece in block.pieces) for block in blocks
    ]


def test_bold_stars_become_weight() -> None:
    text = "清河市妇女联合会关于办好春季活动的通知\n各社区妇联：\n现将有关事项通知如下：\n一、内容\n**一要走进邻里。**到每一户看一看。**二要记好台账。**\n"
    _raw, _marks, blocks = laid_out(text)
    strong = "".join(piece.text for block in blocks for piece in block.pieces if piece.strong)
    assert "一要走进邻里。" in strong and "到每一户看一看" not in strong
    assert "*" not in "".join(piece.text for block in blocks for piece in block.pieces)


def test_sentences_are_in_exactly_one_share() -> None:
    record = read(demo_bytes())
    first, *rest = [
        Item(code=f"i{n}", ref=p.ref, spans=[list(span) for span in p.spans], decision="proposed")
        for n, p in enumerate(propose(record))
        if p.kind == "measure"
    ]
    first.decision = "confirmed"
    rest[0].decision = "rejected"
    shares = {sentence.id: sentence.share for sentence in cover(record.sentences, [first, *rest], set())}
    assert len(shares) == len([s for s in record.sentences if s.bucket != "heading"])
    by_item = {item.code: {shares[s.id] for s in record.sentences if item.ref in s.refs} for item in (first, *rest[:2])}
    assert by_item == {
        first.code: {Share.CONFIRMED}, rest[0].code: {Share.NO_TASK}, rest[1].code: {Share.TO_CONFIRM}
    }  # fmt: skip
    unread = [s.id for s in record.sentences if s.bucket == "event"]  # no item stands on it in this test
    assert {shares[sentence] for sentence in unread} == {Share.UNSEEN}
    seen = cover(record.sentences, [first, *rest], set(unread))
    assert {s.share for s in seen if s.id in unread} == {Share.NO_TASK}
