# `make` alone lists the targets. Everything is installed into .venv, from the lock.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help env gallery test test-slow browser readers check format snapshots pictures layouts readme docs bench lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: .venv/ready ## Make the environment
	@$(BIN)/python -m compileall -q archfolio render gallery  # where Python is told to keep no bytecode, it reads this

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("archfolio needs Python 3.11 or newer: make PYTHON=python3.11") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/ready: package-lock.json .venv/ready
	@$(BIN)/python tests/browser/npm.py
	@touch $@

gallery: env ## Draw every system and assemble the gallery in site/
	@$(BIN)/archfolio build --output site

test: env ## Run the tests
	@$(BIN)/pytest

test-slow: env ## Run the tests that take long: kills, full disks, two at once, hostile values
	@$(BIN)/pytest -m slow --deselect tests/test_notes_readers.py

browser: node_modules/ready ## Install what the tests check pages with; they want Chromium too

readers: .readers/ready ## Install programs that read notes, and test our snippets with them
	@READERS="$(CURDIR)/.readers/bin" READERS_NODE="$(CURDIR)/.readers" $(BIN)/pytest -m "slow or not slow" tests/test_notes_readers.py

.readers/ready: tests/readers.txt tests/note_readers/package.json .venv/ready
	$(PYTHON) -m venv .readers
	.readers/bin/pip install --quiet --disable-pip-version-check --requirement tests/readers.txt
	cp tests/note_readers/package.json tests/note_readers/package-lock.json .readers/
	@$(BIN)/python tests/browser/npm.py .readers
	@touch $@

check: env ## Check format, lint and types
	@mkdir -p .types/archfolio && ln -sfn $(addprefix ../../,$(wildcard archfolio/*.py) archfolio/glyphs systems render gallery) .types/archfolio/
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: env ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

snapshots: env ## Rewrite the snapshots that tests compare with
	@$(BIN)/pytest --rewrite-snapshots tests/test_snapshots.py

pictures: env ## Record the hashes of all pictures, once what changed in them was looked at
	@$(BIN)/pytest --rewrite-snapshots tests/test_pictures.py

layouts: env ## Search the layout of each view that changed, and record it
	@$(BIN)/archfolio layouts

readme: env ## Rewrite what documents have from the code: tables, the authoring reference, pictures
	@$(BIN)/python -m archfolio.render.cli.readme
	@for page in authoring command settings manifest rules json; do \
		$(BIN)/python -m archfolio.render.cli.$${page}_reference; done
	@$(BIN)/archfolio render docs/flow.py --output docs --no-png --no-legend >/dev/null
	@$(BIN)/archfolio build recommendation-systems --output .venv/readme >/dev/null
	@cp .venv/readme/images/recommendation-systems/serving.svg docs/recommendation-serving.svg

docs: .docs/ready ## Build the documentation with the gallery beside it, in docs-site/
	@.docs/bin/mkdocs build --quiet --strict --site-dir docs-site
	@$(BIN)/archfolio build --no-png --output docs-site/gallery

.docs/ready: docs/requirements.txt .venv/ready
	$(PYTHON) -m venv .docs
	.docs/bin/pip install --quiet --disable-pip-version-check --requirement docs/requirements.txt
	@touch $@

bench: env ## Measure what builds cost against plain scripts; wants Graphviz, and a quarter of an hour
	@DATE=$$(date +%F) $(BIN)/python -m bench --write

lock: ## Resolve the dependencies again, into requirements.lock
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --no-emit-index-url \
		--no-header --no-annotate --quiet --output-file requirements.lock

clean: ## Remove what was built, and the environment
	rm -rf site docs-site .venv .readers .docs .pytest_cache .ruff_cache .mypy_cache
