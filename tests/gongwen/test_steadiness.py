"""The same paper always gives the same record, in any process; and noise behind a paper takes no heading away from it."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinguo.gongwen import read
from tests.gongwen.corpus import Paper, papers

ROOT = Path(__file__).resolve().parents[2]
# What stands under papers on web pages and in forums.
NOISE = (
    "上一篇：关于放假的通知", "下一篇：没有了", "【打印本页】【关闭窗口】", "版权所有：某某网", "浏览次数：1286", "分享到：", "— 7 —", "第 7 页 共 7 页",
    "沙发 路人甲 发表于 2024-3-1 21:15", "顶！", "回复 使用道具 举报", "阅读 1.2万　赞 38", "相关链接：", "技术支持：某某公司", "****************", "返回顶部",
)  # fmt: skip
# Digest of every record of the first ten papers.
_DIGEST = """
import hashlib, json
from jinguo.gongwen import read
from tests.gongwen.corpus import papers
said = json.dumps([read(paper.text).to_json() for paper in papers()[:10]])
print(hashlib.sha256(said.encode()).hexdigest())
"""


def test_another_process_with_another_hash_seed_reads_the_same() -> None:
    here = json.dumps([read(paper.text).to_json() for paper in papers()[:10]])
    there = subprocess.run(
        [sys.executable, "-c", _DIGEST], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert there.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(papers()))
def test_reading_twice_is_reading_once(paper: Paper) -> None:
    assert read(paper.text) == read(paper.text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(papers()), st.lists(st.sampled_from(NOISE), min_size=1, max_size=6))
def test_noise_behind_a_paper_removes_no_heading(paper: Paper, noise: list[str]) -> None:
    assert lost(paper, noise) == []


def test_a_link_to_another_paper_lends_its_title_to_no_page() -> None:
    """This page has no 。 above its foot, so that nothing but the link itself tells that the paper has ended."""
    (paper,) = (p for p in papers() if p.name == "messy-24-wechat")
    assert lost(paper, ["上一篇：关于放假的通知"]) == lost(paper, ["下一条: 关于开会的通知"]) == []


def lost(paper: Paper, noise: list[str]) -> list[tuple[str, str]]:
    """Headings that are gone, or stand in another order, when this noise is put behind the paper."""
    before = [(n.marker, n.heading) for n in read(paper.text).outline]
    after = iter(
        [(n.marker, n.heading) for n in read(paper.text.rstrip("\n") + "\n" + "\n".join(noise) + "\n").outline]
    )
    return [node for node in before if node not in after]  # each search goes on where the last ended
