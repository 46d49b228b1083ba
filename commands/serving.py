"""`run` and `demo-reset`: from an empty folder to a page that answers, and to a demonstration that is new again."""

import fcntl
import hashlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import IO

from commands.environment import DATA, PYTHON, RUNTIME, compile_catalogues, fingerprint, install_libraries
from commands.saying import ROOT, step, stop

Children = dict[str, "subprocess.Popen[bytes]"]


def free_port() -> int:
    """JINGUO_PORT if it is free (else stop), or the first free port from 8000 on."""
    chosen = os.environ.get("JINGUO_PORT", "")
    if chosen and not (chosen.isdigit() and 0 < int(chosen) < 65536):
        stop(f"JINGUO_PORT must be a port number, not {chosen!r}.")
    for port in [int(chosen)] if chosen else range(8000, 8100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port != 8000 and not chosen:
            print(f"· Port 8000 is taken; using {port}.")
        return port
    where = f"Port {chosen} (JINGUO_PORT)" if chosen else "Every port from 8000 to 8099"
    stop(f"{where} is taken by another program. Set JINGUO_PORT to a free one.")


def claim_data_folder() -> IO[str]:
    """Hold run.lock in the data folder, so that two starts never share one folder unknowingly."""
    try:
        DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (DATA / "run.lock").open("a+")
    except OSError as error:
        stop(f"The data folder {DATA} cannot be used: {error.strerror}. Set JINGUO_DATA to a folder of yours.")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        stop(f"Jinguo already runs on the data folder {DATA}: {lock.read().strip() or 'it is starting'}")
    lock.truncate(0)
    return lock


def manage(words: str, *command: str, **environment: str) -> str:
    """One Django command of the house; returns what it printed."""
    return step(words, [PYTHON, "manage.py", *command], **environment)


def collect_static_files(environment: dict[str, str]) -> None:
    """Collect static files if one was added, changed or removed since the last time for this data folder."""
    digest = hashlib.sha256(fingerprint("runtime").encode())
    for path in sorted((ROOT / "jinguo").glob("*/static/**/*")):
        digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    stamp = DATA / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest() and (DATA / "static").exists():
        return
    manage("Collecting the static files", "collectstatic", "--noinput", "--verbosity=0", **environment)
    stamp.write_text(digest.hexdigest())


def prepare(environment: dict[str, str]) -> None:
    """Everything before the first page: libraries, catalogues, static files, tables, the demonstration."""
    install_libraries(RUNTIME)
    compile_catalogues()
    collect_static_files(environment)
    manage("Bringing the database up to date", "migrate", "--noinput", "--verbosity=0", **environment)
    manage("Loading the demonstration city where nothing is yet", "demo", "load", "--if-empty", **environment)


def run(extra: list[str]) -> None:
    """Prepare, start web and worker, say where, stop both on Ctrl-C or when one dies."""
    lock = claim_data_folder()
    port = free_port()
    address = os.environ.get("JINGUO_URL") or f"http://127.0.0.1:{port}"
    environment = {"JINGUO_URL": address}
    prepare(environment)
    signins = manage("Asking for the sign-ins", "demo", "signins", **environment).strip("\n")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    children: Children = {}
    code = 0
    try:
        start(children, port, environment)
        wait_for_first_page(port, children)
        print(f"{address}/ (pid {os.getpid()})", file=lock, flush=True)
        print(f"\nJinguo is ready: {address}/\n\n{signins}\n\nStop it with Ctrl-C.", flush=True)
        name = watch(children)
        print(f"\nThe {name} process ended by itself (code {children[name].returncode}); what it said stands above.")
        code = 1
    except KeyboardInterrupt:
        print("\nStopping. Everything that was answered with success is stored.")
    finally:
        end(children)
    sys.exit(code)


def start(children: Children, port: int, environment: dict[str, str]) -> None:
    """Start the web server and the worker as children of this process."""
    listen = ["--host", "127.0.0.1", "--port", str(port), "--no-ws", "--workers", "2", "--respawn-failed-workers"]
    listen += ["--blocking-threads", "32"]  # a slow upload holds one thread
    # For granian a connection is a request: a phone that keeps its connection open takes a place until it closes (measured:
    # 61 s of silence at 128 places). So there are many places, and an idle connection gives its own back after 5 s.
    listen += ["--backpressure", "8192", "--backlog", "4096", "--http1-header-read-timeout", "5000"]
    commands = {
        "web": [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            *listen,
            "--log-level",
            "error",
            "jinguo.config.wsgi:application",
        ],
        "worker": ["manage.py", "work"],
    }
    allow_many_connections()
    for name, words in commands.items():
        children[name] = subprocess.Popen([PYTHON, *words], cwd=ROOT, env={**os.environ, **environment})


def allow_many_connections() -> None:
    """Let this process's children hold as many open connections as the system allows, up to 20,000; a shell gives 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 20_000 if hard == resource.RLIM_INFINITY else min(hard, 20_000)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def wait_for_first_page(port: int, children: Children) -> None:
    """Wait until the web server answers; stop with a sentence if it does not within a minute."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        if any(child.poll() is not None for child in children.values()):
            return
        try:
            opener.open(f"http://127.0.0.1:{port}/", timeout=30).close()
            return
        except urllib.error.HTTPError as error:
            if error.code >= 500:
                print(f"\nThe first page answered {error.code}; the reason stands above.")
            return
        except OSError:
            time.sleep(0.1)
    end(children)
    stop("The web server gave no answer for a minute; what it said stands above.")


def watch(children: Children) -> str:
    """Wait until one of the children ends; returns its name."""
    while True:
        for name, child in children.items():
            if child.poll() is not None:
                return name
        time.sleep(0.2)


def end(children: Children) -> None:
    """Ask every child to finish what it does, and end it after ten seconds."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def demo_reset(extra: list[str]) -> None:
    """Start the demonstration anew; what was there is kept in the data folder as before-reset-N, never deleted."""
    database = os.environ.get("JINGUO_DATABASE", f"sqlite:{DATA}")
    if not database.startswith(f"sqlite:{DATA}"):
        stop(
            f"JINGUO_DATABASE names a database outside {DATA}; demo-reset only renews that folder. Nothing was changed."
        )
    with claim_data_folder():
        entries = [
            path for path in DATA.iterdir() if path.name != "run.lock" and not path.name.startswith("before-reset-")
        ]
        if any(path.name != "static" for path in entries):
            number = 1 + sum(1 for path in DATA.glob("before-reset-*"))
            while (kept := DATA / f"before-reset-{number}").exists():
                number += 1
            kept.mkdir(mode=0o700)
            for path in entries:
                path.rename(kept / path.name)
            size = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file()) // 2**20
            print(f"· What was there is kept in {kept} ({size} MiB); delete that folder when you no longer want it.")
        shutil.rmtree(DATA / "static", ignore_errors=True)
        prepare({})
    print("The demonstration is new again. Start it with: make run")
