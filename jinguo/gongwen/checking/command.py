"""`jinguo check FILE [--json] [--fix] [--above FILE]`: what differs from the usual form, and what the notice asks of those it reaches.

A file that cannot be read ends with code 2. Findings are advice, so they end with code 0, or 1 with `--strict`.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinguo.gongwen import Record, Unreadable, codec, read
from jinguo.gongwen.burden import burden_of, sentence_zh
from jinguo.gongwen.checking import RULES, Finding, check, corrected
from jinguo.gongwen.comparing import Difference, compare

_GROUPS = (
    ("M", "不符合标准"), ("G", "与通行格式不同（一般）"), ("R", "与通行格式不同（推荐）"), ("K", "与通行格式不同（可以）"), ("P", "习惯写法"),
)  # fmt: skip
_COPIES = 100


def main(argv: list[str]) -> int:
    """Run the command with the words after `check`. Returns 0, 1 (strict, and something does not comply) or 2."""
    options = _options(argv)
    if options.rules:
        return _print("\n".join(rule_lines()))
    try:
        record = _read(options.file)
        above = _read(options.above) if options.above else None
    except _Stop as reason:
        print(*reason.args, sep="\n", file=sys.stderr)
        return 2
    found = check(record)
    differences = compare(above, record) if above else ()
    lines = [*tree(record, found, options.units), *compared(differences)]
    text = _json(record, found, options.units, differences if above else None) if options.json else "\n".join(lines)
    done = _print(text)
    if options.fix:
        done = _write_copy(options.file, record)
    return 1 if options.strict and not done and any(f.strength == "M" for f in found) else done


class _Stop(Exception):
    """A file cannot be read; its arguments are the sentences to print."""


def _read(name: str) -> Record:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return read(data, Path(name).name)
    except OSError as error:
        raise _Stop(
            f"打不开文件 {name}：{error.strerror}。请检查文件名和权限。",
            f"Cannot open {name}: {error.strerror}. Check its name and permissions.",
        ) from error
    except Unreadable as refusal:
        raise _Stop(refusal.zh, refusal.en) from refusal


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="jinguo check",
        description="发文前检查一份通知（.docx 或文本）：格式、标点、数字、附件和减负。只提示，不改原件。",
    )
    parser.add_argument("file", nargs="?", default="-", help="文件名；- 表示从标准输入读")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--fix", action="store_true", help="另存一份改好的文字（原件不动，不覆盖别的文件）")
    parser.add_argument("--units", type=int, help="发给多少家单位，用来估算总时间")
    parser.add_argument("--above", metavar="FILE", help="上级的通知：对照每一项保留、改动、去掉还是新增")
    parser.add_argument("--strict", action="store_true", help="有“不符合标准”的，退出码为 1")
    parser.add_argument("--rules", action="store_true", help="列出全部规则")
    return parser.parse_args(argv)


def _print(text: str) -> int:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # `jinguo check … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def rule_lines() -> Iterator[str]:
    """One line a rule: id, strength, what it looks after."""
    for rule in RULES:
        yield f"{rule.id:<4}{rule.strength}  {rule.zh} / {rule.en}  [{rule.basis}]"


def tree(record: Record, found: Iterable[Finding], units: int | None) -> Iterator[str]:
    """The findings by strength, then the burden, as lines a person reads from top to bottom."""
    rows = list(found)
    yield record.title.text if record.title else "（没有读到标题）"
    for strength, words in _GROUPS:
        group = [f for f in rows if f.strength == strength]
        if group:
            yield ""
            yield f"{words}  {len(group)} 处"
        for one in group:
            yield from _lines(record, one)
    if not rows:
        yield "没有发现和通行格式不同的地方。"
    yield ""
    yield "减负  " + sentence_zh(burden_of(record, units=units))


def _lines(record: Record, one: Finding) -> Iterator[str]:
    place = f"第{record.raw.count(chr(10), 0, one.src[0].start) + 1}行" if one.src else "全文"
    yield f"  {one.rule:<4}{place}  {one.zh}（{one.basis_zh}）"
    for src in one.src[:3]:
        yield f"        「{src.quote[:40]}」"
    if one.fix == "now":
        yield "        可以一键改正"
    elif one.fix == "ask":
        yield f"        {one.ask_zh}{'  可改成：' + ' 或 '.join(one.offers) if one.offers else ''}"


_STATES = {"kept": "保留", "changed": "有变化", "dropped": "没有写进", "added": "本级新增"}
_DIRECTIONS = {
    "stronger": "更严", "weaker": "更松", "earlier": "提前", "later": "推后", "new": "新写", "gone": "去掉", "other": "改了",
}  # fmt: skip


def compared(differences: Iterable[Difference]) -> Iterator[str]:
    """What became of each part of the superior's notice, a line each."""
    rows = list(differences)
    if rows:
        yield ""
        yield "和上级通知对照"
    for one in rows:
        part = one.theirs or one.ours
        title = part.title[:40] if part else ""
        yield f"  {_STATES[one.state]}  {title}"
        for change in one.changes:
            yield f"        {_DIRECTIONS[change.direction]}：{change.before or '没有写'} → {change.after or '没有写'}"


def _json(record: Record, found: Iterable[Finding], units: int | None, differences: Iterable[Difference] | None) -> str:
    burden = burden_of(record, units=units)
    plain: dict[str, Any] = {
        "schema_version": 1,
        "name": record.name,
        "findings": [codec.encode(f) | {"verdict_zh": f.verdict_zh, "verdict_en": f.verdict_en} for f in found],
        "burden": codec.encode(burden) | {"hours": burden.hours, "text": sentence_zh(burden)},
    }
    if differences is not None:
        plain["differences"] = [codec.encode(one) for one in differences]
    return json.dumps(plain, ensure_ascii=False, indent=2)


def _write_copy(name: str, record: Record) -> int:
    """The corrected text beside the original, under a name nothing has yet."""
    text = corrected(record.raw, lambda raw: check(read(raw)))
    if text == record.raw:
        print("没有可以一键改正的地方，没有另存。", file=sys.stderr)
        return 0
    if name == "-":
        print(
            "从标准输入读的，没有地方另存；请给出文件名。 / Read from standard input: give a file name to keep a copy.",
            file=sys.stderr,
        )
        return 2
    original = Path(name)
    for n in range(1, _COPIES):
        copy = original.with_name(f"{original.stem}.改正{'' if n == 1 else n}.txt")
        try:
            with copy.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            continue
        except OSError as error:
            print(f"存不下 {copy}：{error.strerror}。 / Cannot write {copy}: {error.strerror}.", file=sys.stderr)
            return 2
        print(
            f"改好的文字另存为 {copy}；原件没有动。 / The corrected text is in {copy}; the original is untouched.",
            file=sys.stderr,
        )
        return 0
    print("同名的改正稿太多了，请先整理。 / Too many corrected copies; tidy up first.", file=sys.stderr)
    return 2
