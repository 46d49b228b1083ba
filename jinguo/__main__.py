"""The `jinguo` command. Reading an official document needs no Django; everything else is a Django command of the house."""

import os
import sys

from jinguo import __version__


def main(argv: list[str] | None = None) -> int:
    """Run `jinguo …` with the words after the name; return the exit code."""
    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["read"]:
        from jinguo.gongwen.command import main as read

        return read(words[1:])
    if words[:1] == ["check"]:
        from jinguo.gongwen.checking.command import main as check

        return check(words[1:])
    if words in (["--version"], ["version"]):
        print(f"Jinguo {__version__}")
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinguo.config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        print("Django is missing here. Run `python3 run.py install`, then use .venv/bin/jinguo.", file=sys.stderr)
        return 1
    execute_from_command_line(["jinguo", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
