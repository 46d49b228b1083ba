"""`python -m jinguo.gongwen read|check FILE [--json]`: the library used alone as a command."""

import sys

from jinguo.gongwen.checking.command import main as check
from jinguo.gongwen.command import main

if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["check"]:
        sys.exit(check(words[1:]))
    sys.exit(main(words[1:] if words[:1] == ["read"] else words))
