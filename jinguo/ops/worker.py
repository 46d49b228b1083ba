"""The worker: one loop over the registered due-work functions. The truth is each room's own rows; nothing is queued here."""

import logging
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event
from types import FrameType

from django.conf import settings
from django.db import close_old_connections, connection

from jinguo.lib.registry import due_work

log = logging.getLogger("jinguo.worker")
IDLE = 1.0  # seconds between rounds that found nothing
PAUSE_AFTER_FAULT = 5.0


def heart_file() -> Path:
    """A file the worker touches every round: how the health page and the doctor know that it lives."""
    return Path(settings.DATA) / "worker.beat"


def one_round() -> tuple[int, int]:
    """Call what is due once; returns (rows moved, functions that failed). One failing job stops no other."""
    moved = failed = 0
    for name, function in due_work.due():
        try:
            rows = function()
            moved += rows
            if rows:
                due_work.hurry(name)
        except Exception:
            failed += 1
            due_work.hurry(name)
            log.exception("due work %s failed; it is tried again", name)
            if not connection.in_atomic_block:
                close_old_connections()
    return moved, failed


def run(stop: Event, once: bool = False, sleep: Callable[[float], object] | None = None) -> None:
    """Work until `stop` is set; with `once`, until a round finds nothing to do."""
    wait = sleep or stop.wait
    while not stop.is_set():
        heart_file().touch()
        moved, failed = one_round()
        if failed:
            wait(PAUSE_AFTER_FAULT)
        elif not moved:
            if once:
                return
            wait(IDLE)
        if once and failed:
            return


def stop_on_signals() -> Event:
    """An event that SIGTERM and SIGINT set: the current job ends, then the loop."""
    stop = Event()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    return stop
