# Two commands for everybody: make demo, make test. Both do their own set-up.

PYTHON := .venv/bin/python
# Workers of the test run; most tests wait for nothing, so twice the two cores is enough.
WORKERS ?= 4
# The same examples in every run; plain pytest draws new ones.
PYTEST := $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal --hypothesis-profile=ci

.DEFAULT_GOAL := help
.PHONY: help demo test slow kills check lint format types contracts current words reading docs samples bench pictures clean run dev

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

demo: run  ## a desk with invented contacts, in a folder that is thrown away
	@$(PYTHON) -m tui demo

test: dev  ## the tests but the slow ones
	@$(PYTEST) -m "not slow"

slow: dev  ## the slow tests: fault loops and benchmarks
	@if grep -rqs "mark\.slow" tests; then $(PYTEST) -m slow; else echo "no test is slow"; fi

N ?= 1000

kills: dev  ## ends desks at random moments, N times each way (N=1000); none may lose anything
	@$(PYTHON) -m tests.test_kills $(N)
	@$(PYTHON) -m tests.test_terminal_kills $(N)

check: lint types contracts current test  ## every check but the slow tests

lint: dev  ## the format of the code, and ruff's rules
	@$(PYTHON) -m ruff format --check --quiet .
	@$(PYTHON) -m ruff check --quiet .

format: dev  ## puts the code into the format, mends what ruff can mend
	@$(PYTHON) -m ruff check --fix --quiet .
	@$(PYTHON) -m ruff format --quiet .

types: dev  ## mypy, strict
	@$(PYTHON) -m mypy --no-error-summary

contracts: dev  ## who may import whom
	@$(PYTHON) -c "from importlinter.cli import lint_imports_command as lint; lint()" --no-logo

current: dev  ## generated pages and catalogues are those of the code
	@$(PYTHON) -m docs.tools.pages --check
	@$(PYTHON) -m docs.tools.catalogues --check
	@$(PYTHON) -m docs.tools.reading --check

words: dev  ## extracts, updates and compiles the catalogues
	@$(PYTHON) -m docs.tools.catalogues

reading: dev  ## learns the weights of reply reading from sop_content/replies
	@$(PYTHON) -m docs.tools.reading

docs: dev  ## writes the generated parts of the pages
	@$(PYTHON) -m docs.tools.pages

samples: dev  ## writes the table of docs/import.md from the files in FOLDER
	@$(PYTHON) -m docs.tools.import_table "$(FOLDER)"

bench: dev  ## measures what docs/performance.md promises
	@$(PYTHON) -m bench

pictures: dev  ## draws the pictures of the pages
	@$(PYTHON) -m docs.tools.pictures

clean:  ## removes .venv and all caches
	@rm -rf .venv build *.egg-info .*_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

run:
	@docs/tools/environment.sh run

dev:
	@docs/tools/environment.sh dev
