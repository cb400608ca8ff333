# The ways to run the project from its checkout. The first run makes .venv (tools/bootstrap.sh).

SHELL := /bin/bash
PYTHON_IN_VENV := .venv/bin/python
# Each starts test wikis of its own; more than the processor has cores make nothing faster. They must find the
# same tests in the same order, and some tests are made of sets: hence the seed.
WORKERS ?= 2
# Prints the time on the clock, and of both cores together.
TIMED := export TIMEFORMAT='%R s on the clock, %U + %S s of processor time'; export PYTHONHASHSEED=0; time

.PHONY: help demo tally test test-unit lint score bench wiki pictures lock prove prove-killed prove-notices prove-growth clean
.DEFAULT_GOAL := help

help:  ## list the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

demo: .venv/stamp  ## show what the bot does, on the sample wikis that come with it
	$(PYTHON_IN_VENV) -m globalban_bot demo

tally: .venv/stamp  ## FILE=page.wiki: tally a saved page or an XML export
	@test -n "$(FILE)" || { echo 'usage: make tally FILE=page.wiki' >&2; exit 2; }
	$(PYTHON_IN_VENV) -m globalban_bot tally $(FILE)

test: lint  ## lint, then all tests, those against a real MediaWiki included
	$(TIMED) $(PYTHON_IN_VENV) -m pytest -n $(WORKERS) --dist loadfile

test-unit: .venv/stamp  ## the tests that need no wiki
	$(TIMED) $(PYTHON_IN_VENV) -m pytest -n $(WORKERS) tests/unit

lint: .venv/stamp  ## ruff, mypy and yamllint
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m mypy
	$(PYTHON_IN_VENV) -m yamllint --strict .
	$(PYTHON_IN_VENV) -m tools.import_law

score: .venv/stamp  ## PAGES=folder: score the reader on pages with known answers
	@test -n "$(PAGES)" || { echo 'usage: make score PAGES=folder' >&2; exit 2; }
	$(PYTHON_IN_VENV) -m tools.score $(PAGES)

bench: .venv/stamp  ## measure speed, memory, and the requests that facts and notices take
	$(PYTHON_IN_VENV) -m tests.bench.bench
	$(PYTHON_IN_VENV) -m tests.bench.notices
	$(PYTHON_IN_VENV) -m tests.farm.account_requests
	$(PYTHON_IN_VENV) -m tests.farm.notice_requests
	$(PYTHON_IN_VENV) -m tests.farm.question_requests

wiki: .venv/stamp  ## [RELEASE=lts] [PORT=8080] [BOT=60] serve test wikis with the sample; BOT: runs every 60 seconds
	$(PYTHON_IN_VENV) -m tests.farm.serve $(if $(RELEASE),--release $(RELEASE)) $(if $(PORT),--port $(PORT)) \
		$(if $(BOT),--at-work $(BOT))

pictures: .venv/stamp  ## take the pictures in docs/images anew, with Chromium
	$(PYTHON_IN_VENV) -m tests.farm.pictures

prove: prove-growth prove-killed prove-notices  ## all long proofs

prove-notices: .venv/stamp  ## [N=200] trials of faults, races and others' edits: each notice exactly once
	$(PYTHON_IN_VENV) -m tests.farm.prove_notices $(or $(N),200) $(SEED)

prove-killed: .venv/stamp  ## the status job, killed at each of its requests: the next run makes the same pages
	$(PYTHON_IN_VENV) -m pytest -s -m prove tests/farm/test_killed.py

prove-growth: .venv/stamp  ## [LONGEST=6000] hostile patterns in all places: reading takes a time linear in the length
	$(PYTHON_IN_VENV) -m tests.growth.prove_growth $(LONGEST)

lock:  ## make requirements.lock anew, with the newest releases that setup.cfg allows
	python3 -m venv build/lock
	build/lock/bin/pip install --quiet pip-tools
	{ head -n 1 requirements.lock; build/lock/bin/pip-compile --quiet --upgrade --generate-hashes --extra oauth --strip-extras \
		--no-annotate --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file - setup.cfg; } \
		> build/requirements.lock
	mv build/requirements.lock requirements.lock

clean:  ## remove all that was made here
	rm -rf .venv .cache build dist demo-output .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/stamp: setup.cfg pyproject.toml tools/bootstrap.sh
	@tools/bootstrap.sh
