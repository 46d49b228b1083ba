"""Kill -9 at every step: run a piece of work in processes of their own, each killed just before its n-th SQL statement.

`python -m tests.killing WORK CHECK` (each `module:function`) forks one child an n, from 1 up, until one lives to the end.
After each death CHECK runs in a process of its own and must not raise. Prints how many died.
"""

import os
import signal
import sys
from importlib import import_module

ENOUGH = 400


def named(path: str):
    module, function = path.split(":")
    return getattr(import_module(module), function)


def in_child(body) -> int:
    """Run in a forked process; its wait status."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        try:
            body()
        except BaseException:
            import traceback

            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def killed_before(number: int, work) -> None:
    """Do the work, but die before the n-th statement."""
    from django.db import connection

    seen = 0

    def count(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        work()


def main(work: str, check: str) -> int:
    import django

    django.setup()
    do, look = named(work), named(check)
    for number in range(1, ENOUGH):
        status = in_child(lambda number=number: killed_before(number, do))
        if in_child(look):
            print(f"broken after a death before statement {number}")
            return 1
        if status == 0:
            print(f"{number - 1} deaths")
            return 0
        if not os.WIFSIGNALED(status):
            return 1
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
