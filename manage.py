#!/usr/bin/env python3
"""The same as the `jinguo` command, under the name Django users look for."""

import sys

from jinguo.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
