# Every target sets up what it needs in .venv; nothing outside of the project is touched.
.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup generate check test demo bench build changes update docs clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: $(SET_UP) ## Make .venv with everything that the other targets need

$(SET_UP): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "rescalehtc needs Python 3.11 or later; try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable ".[local]" --group dev
	@touch $@

generate: $(SET_UP) ## Make generated/ anew from openapi/htc.yaml
	@$(BIN)/python -m generator build
	@$(BIN)/python -m generator sync

check: $(SET_UP) ## Format, lint, types, drift of generated/, API description
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache > /dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m generator check
	@$(BIN)/python -m generator sync --check
	@$(BIN)/python -m generator surface
	@$(BIN)/pyright

test: check ## Run the checks and all tests
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q

demo: $(SET_UP) generate ## Regenerate, run a real batch on a local server, show that all is current
	@$(BIN)/python examples/demo.py
	@$(BIN)/python -m generator check

bench: $(SET_UP) ## Run the benchmarks side by side (some minutes)
	@$(BIN)/python -m benchmarks

changes: $(SET_UP) ## Say what changed for users since the last release, and draft the changelog
	@$(BIN)/python -m generator changes

update: $(SET_UP) ## Follow a new public description step by step: make update SPEC=NEW.json
	@test -n "$(SPEC)" || { echo "Name it: make update SPEC=NEW.json (a path, an address, or - for stdin)" >&2; exit 2; }
	@$(BIN)/python -m generator update "$(SPEC)"

build: $(SET_UP) ## Make the sdist and the wheel in dist/
	@rm -rf dist
	@$(BIN)/python -m build --quiet --outdir dist .
	@ls -l dist | awk 'NR > 1 { print $$5, $$9 }'

docs: $(VENV)/.set-up-docs ## Make the documentation site in site/; a broken link or an undocumented name fails
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "site/index.html"

$(VENV)/.set-up-docs: $(SET_UP)
	@$(BIN)/python -m pip install --quiet --group docs
	@touch $@

clean: ## Remove what the other targets made
	rm -rf $(VENV) dist .pytest_cache .ruff_cache .hypothesis site
