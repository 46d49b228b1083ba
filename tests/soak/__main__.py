"""`python -m tests.soak [--seed N] [--count N] [--only N] [--workers N]`: read damaged papers; 1 when one is not survived."""

import argparse
import os
import random
import sys

from tests.soak import office
from tests.soak.running import run

COUNT, OFFICE_COUNT = 20_000, 50


def main(words: list[str]) -> int:
    """Print what came of it. Without a seed one is drawn and printed."""
    parser = argparse.ArgumentParser(prog="tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--count", type=int, default=COUNT, help="how many mutants in the workers")
    parser.add_argument("--office", type=int, default=OFFICE_COUNT, help="how many .doc and .wps through LibreOffice")
    parser.add_argument("--only", type=int, help="one mutant by its number")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args(words)
    if asked.only is not None:
        result = run(asked.seed, asked.only, asked.only + 1, 1)
        print("\n".join(result.lines()))
        return int(bool(result.faults))
    print(f"Reading {asked.count} mutants of seed {asked.seed} in {asked.workers} workers …", flush=True)
    result = run(asked.seed, 0, asked.count, asked.workers)
    print("\n".join(result.lines()), flush=True)
    old = office.run(asked.seed, asked.office)
    print("\n".join(old.lines()))
    return int(bool(result.faults or old.faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
