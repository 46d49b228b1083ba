"""Damaged papers by the thousand: `make soak` reads 20,000, `make test` (tests/gongwen/test_fuzz.py) the first 500.

A mutant is made from a seed and a number alone, so that one that fails can be read again: `make soak ARGS="--seed 7 --only 123"`.
"""
