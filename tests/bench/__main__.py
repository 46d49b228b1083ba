"""`python -m tests.bench [NAME …]`: run the named benchmarks, or all of them, and print what they say."""

import importlib
import os
import pkgutil
import platform
import sys
import time

import tests.bench


def names() -> list[str]:
    """The benchmarks there are: the modules of this package."""
    return sorted(m.name for m in pkgutil.iter_modules(tests.bench.__path__) if not m.name.startswith("_"))


def main(words: list[str]) -> int:
    """Print each benchmark under its title. 2 when a name is unknown, with the list."""
    unknown = [word for word in words if word not in names()]
    if unknown:
        print(f"No such benchmark: {', '.join(unknown)}. There are: {', '.join(names())}.")
        return 2
    print(f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} cores")
    for name in words or names():
        module = importlib.import_module(f"tests.bench.{name}")
        assert module.__doc__
        print(f"\n{name}: {module.__doc__.splitlines()[0]}", flush=True)
        started = time.perf_counter()
        for line in module.measure():
            print(f"  {line}", flush=True)
        print(f"  ({time.perf_counter() - started:.1f} s)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
