"""A measurement in a process and a data folder of its own, so that nothing is warm and nothing of this machine's house is touched."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_apart(module: str, *words: str, **settings: str) -> Iterator[str]:
    """The lines `tests.bench.<module>` prints, as they come. `settings`: of the environment, beside a clean one.

    Raises:
        RuntimeError: the run failed; its message stands above.
    """
    with tempfile.TemporaryDirectory(prefix="jinguo-bench-") as data:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("JINGUO_")}
        environment |= {
            "JINGUO_DATA": data,
            "DJANGO_SETTINGS_MODULE": "jinguo.config.settings",
            "PYTHONPATH": str(ROOT),
            **settings,
        }
        command = [sys.executable, "-m", f"tests.bench.{module}", *words]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                yield f"  {line.rstrip()}"
            if child.wait():
                raise RuntimeError(f"the run ended with {child.returncode}")
