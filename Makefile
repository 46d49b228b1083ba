# Every command lives in run.py and also runs without make: python3 run.py test. See docs/build/commands.md.
PYTHON ?= python3
# What follows goes to pytest: make test ARGS="-k journal"
ARGS ?=

.PHONY: help run test test-all check fix demo-reset bench install
help run check fix demo-reset bench install:
	@$(PYTHON) run.py $@
test:
	@$(PYTHON) run.py test -- $(ARGS)
test-all: test
	@$(PYTHON) run.py test-rest -- $(ARGS)
