"""Measurements that are printed and never asserted: `make bench`, or `make bench ARGS=reader`.

Every module here is one benchmark: its docstring's first line is the title, `measure()` yields the lines to print.
A timing stands beside what it is compared with, or says what it was taken on; numbers to reach are in DESIGN.md §7.
"""
