# Every command lives in run.py and also runs without make: python3 run.py test. See docs/build/commands.md.
PYTHON ?= python3
# What follows goes to pytest, bench or soak: make test ARGS="-k journal", make bench ARGS=reader, make soak ARGS="--seed 7"
ARGS ?=

.PHONY: help run test test-all check fix demo-reset bench soak install
help run check fix demo-reset install:
	@$(PYTHON) run.py $@
test bench soak:
	@$(PYTHON) run.py $@ -- $(ARGS)
test-all: test
	@$(PYTHON) run.py test-rest -- $(ARGS)
