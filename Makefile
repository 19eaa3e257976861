# Two commands: `make run` and `make test`. `make check` is what must be green before a change lands.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= var
NODE := $(shell command -v npm >/dev/null 2>&1 && echo system || echo wheel)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A node is several Pythons: what the first compiles, the others only read.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run setup test test-postgres check lint types house texts lock clean
.DELETE_ON_ERROR:

run: setup ## the demo commune at http://127.0.0.1:$(PORT)
	$(BIN)/langso up --port $(PORT) --data $(DATA) --demo

setup: .stamps/assets .stamps/texts ## everything a node needs; quick when nothing changed

.stamps/base: requirements/base.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	mkdir -p .stamps && touch $@

.stamps/dev: .stamps/base requirements/dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	touch $@

.stamps/node: package.json package-lock.json .npmrc .stamps/base
ifeq ($(NODE),wheel)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/node.txt
endif
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

.stamps/assets: .stamps/node $(shell find assets langso -path '*/static/*' -type f 2>/dev/null) $(shell find assets -type f 2>/dev/null)
	PATH="$(CURDIR)/$(BIN):$$PATH" node assets/build.mjs
	$(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	touch $@

.stamps/texts: .stamps/base $(shell find langso -name '*.po')
	$(BIN)/python -m tools.texts compile
	touch $@

tests-setup: setup .stamps/dev
	tools/chromium.sh

test: tests-setup ## the whole suite on SQLite, browser journeys included
	$(BIN)/python -m pytest -n auto --dist loadgroup -q

test-postgres: tests-setup ## the same suite on a real PostgreSQL that this command starts and stops
	tools/with_postgres.sh $(BIN)/python -m pytest -n auto --dist loadgroup -q

check: tests-setup lint types house texts ## all of it
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m pytest -n auto --dist loadgroup -q
	tools/with_postgres.sh $(BIN)/python -m pytest -n auto --dist loadgroup -q

lint: .stamps/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	git ls-files -z '*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check

types: .stamps/dev .stamps/node
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc --noEmit
	PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc --noEmit -p tsconfig.worker.json

house: .stamps/dev ## floors and doors between the domains
	$(BIN)/lint-imports

texts: .stamps/dev ## every text has its Vietnamese
	$(BIN)/python -m tools.texts check

lock: ## write requirements/*.txt anew from *.in
	for name in base dev node; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header requirements/$$name.in -o requirements/$$name.txt; done

clean:
	rm -rf $(VENV) node_modules build .stamps
