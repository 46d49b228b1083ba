"""`python -m jinguo.gongwen.confine PROGRAM WORD…`: give up memory, time and the network, then become the program."""

import os
import resource
import sys

from jinguo.gongwen.child import leave_network, lower

MEMORY = 3 * 1024 * 1024 * 1024  # bytes of address space; LibreOffice maps far more than it uses
CPU_SECONDS = 60
WRITTEN = 128 * 1024 * 1024  # bytes in one file

if __name__ == "__main__":
    lower(
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN),
        (resource.RLIMIT_CORE, 0),
    )
    leave_network()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606  no shell; the caller names the program by its full path
