"""The commands a newcomer types: all of them listed, explained, and clear when something is missing."""

import ast
import re
import socket
import subprocess
import sys

import pytest

from commands import environment, saying, serving
from run import COMMANDS
from tests.house import tree


def test_every_command_is_in_the_makefile_and_the_manual() -> None:
    makefile = (tree.ROOT / "Makefile").read_text()
    manual = (tree.ROOT / "docs/build/commands.md").read_text()
    for name in COMMANDS:
        assert f"`{name}`" in manual, f"docs/build/commands.md does not explain {name}"
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split())
    assert targets == (set(COMMANDS) - {"test-rest"}) | {"help"}


def test_an_old_python_can_read_run_py_far_enough_to_say_so() -> None:
    source = (tree.ROOT / "run.py").read_text()
    module = ast.parse(source, feature_version=(3, 6))
    guard = next(number for number, node in enumerate(module.body) if isinstance(node, ast.If))
    assert all(isinstance(node, ast.Expr | ast.Import) for node in module.body[:guard]), (
        "nothing may come before the guard"
    )
    assert "from commands" not in source.split("sys.version_info")[0]


def test_an_unknown_command_prints_the_list_and_fails() -> None:
    done = subprocess.run([sys.executable, "run.py", "fly"], cwd=tree.ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert all(f"  {name} " in done.stdout for name in COMMANDS)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        (
            "NewConnectionError('… Connection refused')\nERROR: No matching distribution found for x",
            "cannot be reached",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "its hash differs"),
        ("ERROR: No matching distribution found for granian==2.8.7", "no ready-made file"),
        ("error: Permission denied (os error 13)", "may not write here"),
        ("something nobody foresaw", ""),
    ],
)
def test_a_failed_install_says_why_in_one_sentence(printed: str, said: str) -> None:
    assert said in saying.cause(printed)
    assert bool(said) == bool(saying.cause(printed))


def test_a_failed_step_stops_with_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="its own words\n\nThis step failed"):
        saying.step("Failing", [sys.executable, "-c", "import sys; print('its own words'); sys.exit(3)"])
    assert "· Failing …" in capsys.readouterr().out


def test_a_taken_port_is_passed_over_or_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("JINGUO_PORT", str(port))
        with pytest.raises(SystemExit, match=f"Port {port} .* is taken by another program"):
            serving.free_port()
    assert serving.free_port() == port


def test_a_changed_requirement_file_asks_for_a_new_install(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "requirements").mkdir()
    file = tmp_path / "requirements" / "runtime.txt"
    file.write_text("a==1\n")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    before = environment.fingerprint("runtime")
    assert environment.fingerprint("runtime") == before
    file.write_text("a==2\n")
    assert environment.fingerprint("runtime") != before
