"""One list of settings, three places: config/settings.py reads it, dotenv-sample shows it, docs/run/settings.md explains it."""

import ast
import re

from tests.house import tree

READ = re.compile(r"""env\.\w+\(\s*"(JINGUO_\w+)\"""")
SAMPLE = re.compile(r"^#?\s?(JINGUO_\w+)=", re.MULTILINE)
TABLE = re.compile(r"^\|\s*`(JINGUO_\w+)`", re.MULTILINE)
# Who reads the environment, and why not through config/env.py.
MAY_READ_ENVIRONMENT = {
    "jinguo/config/env.py": "this is the place",
    "jinguo/config/keys.py": "tells lib.crypto where a new key ring lies",
    "jinguo/config/wsgi.py": "names the settings module",
    "jinguo/__main__.py": "names the settings module",
    "jinguo/gongwen/processes.py": "gongwen stands alone; it gives its child processes an environment",
    "jinguo/lib/clock.py": "lib stands below config; every process of a test run shifts alike",
    "jinguo/lib/crypto.py": "lib stands below config; keys are never in settings, which error pages may show",
}


def disagreements(settings: str, sample: str, docs: str) -> list[str]:
    """Names that one of the three texts has and another has not, one sentence each."""
    places = {
        "jinguo/config/settings.py": set(READ.findall(settings)),
        "dotenv-sample": set(SAMPLE.findall(sample)),
        "docs/run/settings.md": set(TABLE.findall(docs)),
    }
    every = set.union(*places.values())
    return [f"{name} is missing in {place}" for place, names in places.items() for name in sorted(every - names)]


def reads_environment(source: str) -> bool:
    """Whether this Python source touches os.environ or os.getenv."""
    module = ast.parse(source)
    names = tree.imported_names(module)
    reached = {tree.dotted(node, names) for node in ast.walk(module) if isinstance(node, ast.Attribute | ast.Name)}
    return bool(reached & {"os.environ", "os.getenv", "os.putenv"})


def test_settings_sample_and_docs_agree() -> None:
    texts = [tree.ROOT / name for name in ("jinguo/config/settings.py", "dotenv-sample", "docs/run/settings.md")]
    missing = [tree.name(path) for path in texts if not path.exists()]
    tree.nothing(missing, "these files tell an office which settings there are, and are missing")
    assert READ.findall(texts[0].read_text()), "no setting was found at all: this test looks in the wrong place"
    tree.nothing(disagreements(*(path.read_text() for path in texts)), "settings, sample and docs disagree")


def test_only_env_reads_the_environment() -> None:
    found = {tree.name(path) for path in tree.python_files() if reads_environment(path.read_text())}
    tree.nothing(found - set(MAY_READ_ENVIRONMENT), "read settings through jinguo/config/env.py")
    tree.nothing(set(MAY_READ_ENVIRONMENT) - found, "these exceptions are no longer needed")


def test_this_catches_a_setting_that_one_place_lacks() -> None:
    settings = 'A = env.text("JINGUO_A")\nB = env.flag(\n    "JINGUO_B", False)\n'
    assert disagreements(settings, "JINGUO_A=\n# JINGUO_B=no\n", "| `JINGUO_A` | x |\n| `JINGUO_B` | y |\n") == []
    assert disagreements(settings, "JINGUO_A=\n", "| `JINGUO_A` | x |\n| `JINGUO_C` | y |\n") == [
        "JINGUO_C is missing in jinguo/config/settings.py",
        "JINGUO_B is missing in dotenv-sample",
        "JINGUO_C is missing in dotenv-sample",
        "JINGUO_B is missing in docs/run/settings.md",
    ]


def test_this_catches_a_read_of_the_environment() -> None:
    assert reads_environment("import os\nx = os.environ['A']\n")
    assert reads_environment("from os import environ as e\nx = e['A']\n")
    assert not reads_environment("import os\nx = os.path.sep\n")
