"""`jinguo read FILE…`: a readable tree, the record as JSON, a table of tasks, or why one thing was read.

Files, folders and standard input. Exit codes: 0 everything was read; 1 some files could not be read; 2 nothing was read,
or the words of the command were wrong.
"""

import argparse
import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from jinguo.gongwen import Record, Unreadable, read

ENDINGS = frozenset(
    [
        "docx",
        "doc",
        "wps",
        "wpt",
        "pdf",
        "ofd",
        "txt",
        "md",
        "rtf",
        "odt",
        "html",
        "htm",
        "mht",
        "mhtml",
        "docm",
        "dot",
        "dotx",
    ]
)  # fmt: skip  what a folder is searched for; a file named by itself is told by its content
_MOST_FILES = 10_000

_HELP = """读一份或许多份通知，列出里面的活动、任务、截止日期和报送要求，每一条都指着原文。
Read notices: the events, tasks, deadlines and report duties in them, each with its place in the text."""

_MORE = """例 examples
  jinguo read 通知.docx                  一棵树 a tree
  jinguo read 通知.pdf --json            完整记录 the whole record, see docs/use/reading.md
  jinguo read 通知夹/ --csv > 任务.csv    文件夹里的每一份 every notice in a folder
  pbpaste | jinguo read -                读粘贴的文字 text from standard input
  jinguo read 通知.docx --why t3         第 3 条任务是怎么读出来的 which rule fired on which words
  jinguo read 通知.docx --why '二(一)三'  按条款问 by clause; title, contacts, gaps … by part

能读 reads      .docx .pdf（有文字的 with text）.ofd .txt .md .html .mht；
                装了 LibreOffice 时 with LibreOffice: .doc .wps .rtf .odt。按内容认，不看扩展名 told by content.
退出码 exit     0 都读了 all read；1 有的没读成 some not read；2 一份也没读成，或命令写错 none read, or wrong words
"""


class _Problem(NamedTuple):
    """Why a source was not read, in Chinese and English."""

    name: str
    code: str
    zh: str
    en: str


def main(argv: list[str]) -> int:
    """Run the command with the words after `read`; returns the exit code."""
    options = _parser().parse_args(argv)
    try:
        reading = _reader(options)
    except (OSError, ValueError) as error:
        print(f"词表 {options.lexicon} 用不了：{error}。", file=sys.stderr)
        print(f"The lexicon {options.lexicon} cannot be used: {error}.", file=sys.stderr)
        return 2
    problems: list[_Problem] = []
    sources = _sources(options.files, problems)
    single = len(options.files) == 1 and not Path(options.files[0]).is_dir()
    shown = 0
    try:
        for text, is_record in _output(sources, reading, options, single, problems):
            sys.stdout.write(text)
            shown += is_record
        sys.stdout.flush()
    except BrokenPipeError:  # `jinguo read … | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not shown and not problems:
        problems.append(_Problem(options.files[0], "none", "里面没有可以读的文件。", "There is no file to read in it."))
        _complain(problems[-1], alone=False)
    return 0 if not problems else 1 if shown else 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="jinguo read", description=_HELP, epilog=_MORE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="文件、文件夹，或 - 表示标准输入 file, folder, or -")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument(
        "--json", action="store_true", help="记录；多份时一行一份 the record; one line a file where there are several"
    )
    shape.add_argument(
        "--csv", action="store_true", help="一行一项的表 a table, one row a task, event, deadline or report"
    )
    shape.add_argument("--why", metavar="ID", help="这一条是怎么读出来的 which rule fired on which words")
    parser.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="原文没写时的成文日期 the 成文日期 when not written",
    )
    parser.add_argument("--lexicon", metavar="TOML", help="本单位自己的词 an office's own words")
    parser.add_argument(
        "--contained",
        action="store_true",
        help="在受限的子进程里读来路不明的文件 read strangers' files in a limited child",
    )
    return parser


def _reader(options: argparse.Namespace) -> Callable[[bytes, str], Record]:
    """How one file is read. Raises OSError or ValueError for a lexicon that cannot be used."""
    if options.contained:
        if options.lexicon:
            raise ValueError("--contained 不能同时用自己的词表 cannot be used with it")
        from jinguo.gongwen.sandbox import read_in_child

        return lambda data, name: read_in_child(data, name, document_date=options.date)
    lexicon = None
    if options.lexicon:
        from jinguo.gongwen.lexicon import default

        lexicon = default().with_words(tomllib.loads(Path(options.lexicon).read_text("utf-8")))
    return lambda data, name: read(data, name, document_date=options.date, lexicon=lexicon)


def _sources(names: list[str], problems: list[_Problem]) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file; one that cannot be opened becomes a problem."""
    for name in names:
        if name == "-":
            yield "-", sys.stdin.buffer.read()
            continue
        places = _in_folder(Path(name)) if Path(name).is_dir() else [Path(name)]
        for place in places:
            try:
                yield place.name if len(places) == 1 else str(place), place.read_bytes()
            except OSError as error:
                problems.append(
                    _Problem(
                        str(place), "not_opened", f"打不开文件：{error.strerror}。请检查文件名和权限。",
                        f"Cannot open the file: {error.strerror}. Check its name and permissions.",
                    )
                )  # fmt: skip
                _complain(problems[-1], alone=False)


def _in_folder(folder: Path) -> list[Path]:
    """What looks like a document, sorted; without hidden files and the word processor's own lock files."""
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower().lstrip(".") in ENDINGS
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    return sorted(found)[:_MOST_FILES]


def _output(
    sources: Iterator[tuple[str, bytes]],
    reading: Callable[[bytes, str], Record],
    options: argparse.Namespace,
    single: bool,
    problems: list[_Problem],
) -> Iterator[tuple[str, bool]]:
    """(text to print, whether a record was read for it)."""
    from jinguo.gongwen.showing import table, tree

    if options.csv:
        yield "\ufeff" + table.written([table.COLUMNS]), False
    for name, data in sources:
        try:
            record = reading(data, name)
        except Unreadable as refusal:
            problems.append(_Problem(name, refusal.code, refusal.zh, refusal.en))
            _complain(problems[-1], alone=single)
            if options.json and not single:
                yield _line({"name": name, "unreadable": problems[-1]._asdict()}), False
            continue
        if options.json:
            plain = record.to_json()
            yield (json.dumps(plain, ensure_ascii=False, indent=2) + "\n" if single else _line(plain)), True
        elif options.csv:
            yield table.written(table.rows(record)), True
        elif options.why:
            said = _why(record, options.why, problems)
            yield said, bool(said)
        else:
            head = "" if single else f"── {name}\n"
            yield head + "\n".join(tree.tree(record)) + ("\n" if single else "\n\n"), True


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


def _why(record: Record, wanted: str, problems: list[_Problem]) -> str:
    from jinguo.gongwen.showing.why import askable, found_by, why

    found = found_by(record, wanted)
    if not found:
        there = askable(record)
        problems.append(
            _Problem(
                record.name, "no_such_id", f"没有编号、条款或部分叫 {wanted}。有的是：{there}",
                f"Nothing here has the id, clause or part {wanted}. There are: {there}",
            )
        )  # fmt: skip
        _complain(problems[-1], alone=True)
        return ""
    return "\n".join(line for name, leaf in found for line in why(record, name, leaf)) + "\n"


def _complain(problem: _Problem, *, alone: bool) -> None:
    for sentence in (problem.zh, problem.en):
        print(sentence if alone else f"{problem.name}: {sentence}", file=sys.stderr)
