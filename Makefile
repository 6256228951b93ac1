# Prowess. `make demo` shows it, `make test` proves it.
# Every target may be run again at any time, also after one that was interrupted.

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1
DEMO_HOME := $(CURDIR)/var/demo
PORT ?= 8000
DATABASE_TESTS := tests/audit tests/background tests/hiring tests/library tests/people tests/roles tests/sign_in tests/web

.PHONY: demo setup test quick check tools serve clean benchmarks docs

demo: .venv/installed  ## show Prowess with a demonstration organisation
	PROWESS_HOME="$(DEMO_HOME)" $(BIN)/prowess demo --port $(PORT)

setup: .venv/installed  ## everything that `make demo` does, without serving
	PROWESS_HOME="$(DEMO_HOME)" $(BIN)/prowess demo --no-serve

.venv/installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Prowess needs Python 3.11 or newer; none was found. Install it, or run: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

.venv/installed-for-tests: .venv/installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,postgresql,distributed]'
	@touch $@

tools: .venv/installed-for-tests  ## Debian packages that the tests need, where they are missing
	@sh scripts/install_test_tools.sh

check: .venv/installed-for-tests  ## style, types and floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --config pyproject.toml

test: tools check  ## everything
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup
	$(BIN)/python scripts/with_postgresql.py $(BIN)/python -m pytest $(DATABASE_TESTS) -m "not browser" --numprocesses 2

quick: .venv/installed-for-tests  ## what takes seconds
	$(BIN)/python -m pytest -m "not slow and not browser" --numprocesses 2 --dist loadgroup

clean:  ## remove what was made, with the demonstration's data
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis
