"""A throw-away PostgreSQL cluster from the installed server programs; unix socket only, so no port can collide.

`with temp_pg() as url:` gives a JINGUO_DATABASE value. `python -m tests.services.temp_pg COMMAND …` runs a command with
JINGUO_DATABASE and JINGUO_TEST_DATABASE=postgres set. The server ends with its parent, even when that is killed.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from tests.services.machine import find_postgres

USER = "jinguo"
# A test cluster may forget everything at power loss. It is not vacuumed: tests take their rows back, so ANALYZE finds
# full tables empty, and the planner then joins 1,500 units by nested loops until the statement is cancelled.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]


@contextlib.contextmanager
def temp_pg(durable: bool = False) -> Iterator[str]:
    """Make a cluster, start it, give its address, and leave nothing behind. `durable`: as it would run for a real office.

    Raises RuntimeError when the server programs are missing or the server does not start (with its log).
    """
    programs = find_postgres()
    if not programs:
        raise RuntimeError("No PostgreSQL server programs here. On Debian: apt-get install postgresql")
    folder = tempfile.mkdtemp(prefix="jinguo-pg-")  # short: a socket path holds 107 bytes
    try:
        make_cluster(programs, folder)
        server = start_server(programs, folder, durable)
        try:
            wait_until_ready(server, folder)
            create = [f"{programs}/createdb", "-h", folder, "-U", USER, "jinguo"]
            subprocess.run(create, check=True, stdout=subprocess.DEVNULL)
            yield f"postgres://{USER}@/jinguo?host={folder}"
        finally:
            server.send_signal(signal.SIGQUIT)  # "immediate": nothing here needs a checkpoint
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def make_cluster(programs: str, folder: str) -> None:
    """Write an empty cluster into folder/data, owned by the account that will run it."""
    who = account()
    os.chown(folder, who.get("user", -1), who.get("group", -1))
    words = [f"{programs}/initdb", "-D", f"{folder}/data", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8"]
    words += ["-A", "trust", "-N"]
    made = subprocess.run(words, cwd=folder, env=server_environment(folder), capture_output=True, text=True, **who)
    if made.returncode != 0:
        raise RuntimeError(f"initdb failed: {made.stdout}{made.stderr}")


def start_server(programs: str, folder: str, durable: bool = False) -> "subprocess.Popen[bytes]":
    """Start the server in the foreground, as a child of this process; its log is folder/log."""
    # Where setpriv exists (Linux), the server ends even when this process is killed.
    words = ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []
    words += [f"{programs}/postgres", "-D", f"{folder}/data", "-k", folder]
    for option in ["listen_addresses=", *([] if durable else FAST)]:
        words += ["-c", option]
    environment, quiet = server_environment(folder), subprocess.DEVNULL
    with open(f"{folder}/log", "wb") as log:
        return subprocess.Popen(words, cwd=folder, env=environment, stdin=quiet, stdout=log, stderr=log, **account())


def server_environment(folder: str) -> dict[str, str]:
    """The same language and home on every machine."""
    return {**os.environ, "LC_ALL": "C.UTF-8", "HOME": folder}


def account() -> dict[str, Any]:
    """Whom to run the server as: PostgreSQL refuses root, so root lends it an account; {} means the caller's own."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def wait_until_ready(server: "subprocess.Popen[bytes]", folder: str) -> None:
    """Wait until the server says it is ready in its pid file; raise with its log if it ends or takes a minute."""
    limit = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < limit:
        with contextlib.suppress(OSError), open(f"{folder}/data/postmaster.pid") as file:
            if file.read().splitlines()[-1:] == ["ready   "]:
                return
        time.sleep(0.05)
    with open(f"{folder}/log", errors="replace") as log:
        raise RuntimeError(f"PostgreSQL did not start: {log.read()[-2000:]}")


def main(command: list[str]) -> int:
    """Run a command with a fresh cluster; its exit code is ours."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with temp_pg() as url:
        environment = {**os.environ, "JINGUO_DATABASE": url, "JINGUO_TEST_DATABASE": "postgres"}
        return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
