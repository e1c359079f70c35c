# Every target sets up what it needs in .venv; nothing outside the project is touched.
# Keep it working with GNU Make 3.81, which macOS ships: no .ONESHELL, no $(file …), no grouped targets.
.DEFAULT_GOAL := help
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up
# The redirection makes old versions of make start a shell, which alone knows `command`.
UV := $(shell command -v uv 2>/dev/null)
INSTALL := $(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet)
SCHEMA = $(BIN)/check-jsonschema --quiet --builtin-schema vendor.
# A test that hangs ends with the stacks of its threads instead of holding up the whole run. Not by a signal, which tests
# of interrupts take for their own.
PYTEST := -m pytest --timeout 300 --timeout-method thread -q
PARALLEL := -n 2 --dist worksteal
# Its plugin takes two seconds to load.
NO_SCHEMATHESIS := -p no:schemathesis --ignore-glob="*schemathesis*"
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where this is set, every process of pytest compiles its plugins again, which takes longer than most tests.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup test-fast test-fast-half test-fast-rest test test-hard check check-types check-rest check-workflows \
	format demo docs pictures generate update changes coverage test-lowest install-lowest bench build clean surface \
	lint-description test-prism test-differ

help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ Everyday
setup: $(SET_UP) ## Create .venv with everything the other targets need; PYTHON=python3.13 chooses the Python

# Without the file that marks a finished setup, a .venv is half made or made by the wrong Python: start over.
$(SET_UP): pyproject.toml
	@test -f $@ || { \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
			echo "rescalehtc needs Python 3.11 or later; try: make setup PYTHON=python3.13" >&2; exit 1; }; \
		$(if $(UV),uv venv --quiet --clear --python $(PYTHON),$(PYTHON) -m venv --clear) $(VENV); }
	@echo "Setting up $(VENV) with $(if $(UV),uv,pip) …"
	@$(if $(UV),:,$(INSTALL) --upgrade "pip>=25.1")
	@$(INSTALL) --editable ".[local]" --group dev
	@touch $@

# By folder, in two processes that take about as long: each worker of xdist would collect all tests, and report each of
# them to a third process, which is a third of the time. What the second one prints comes in one piece.
FAST := $(BIN)/python $(PYTEST) $(NO_SCHEMATHESIS) -m "not slow"
HALF := tests/rescalehtc/auth tests/rescalehtc/http tests/rescalehtc/public
test-fast: $(SET_UP) ## Run the tests that take milliseconds
	@$(MAKE) --no-print-directory --jobs 2 --keep-going test-fast-half test-fast-rest

test-fast-half: $(SET_UP)
	@$(FAST) $(HALF)

test-fast-rest: $(SET_UP)
	@$(FAST) $(HALF:%=--ignore=%) > $(VENV)/fast.txt 2>&1; status=$$?; cat $(VENV)/fast.txt; exit $$status

test: check ## Run the checks and all tests
	@$(BIN)/python $(PYTEST) $(PARALLEL)

test-hard: $(SET_UP) ## Run the tests of hard use ten times as long, with every try that is promised
	@RESCALE_HTC_TRIES=all $(BIN)/python $(PYTEST) $(PARALLEL) --timeout 1800 -m slow -k "[many" \
		tests/generated tests/local tests/rescalehtc

check: $(SET_UP) ## Check format, lint, types, generated code, API description and workflows
	@$(BIN)/ruff format --check --quiet . || { echo "Run: make format" >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(MAKE) --no-print-directory --jobs 2 check-types check-rest

# Takes as long as all others together.
check-types: $(SET_UP)
	@$(BIN)/pyright

check-rest: $(SET_UP)
	@$(BIN)/lint-imports --no-cache > /dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/python -m generator check
	@$(BIN)/python -m generator sync --check
	@$(BIN)/python -m generator surface
	@$(BIN)/zizmor --offline --no-progress --quiet .github
	@$(SCHEMA)github-workflows .github/workflows/*.yml
	@$(SCHEMA)github-issue-forms .github/ISSUE_TEMPLATE/bug.yml .github/ISSUE_TEMPLATE/idea.yml
	@$(SCHEMA)dependabot .github/dependabot.yml
	@$(SCHEMA)citation-file-format CITATION.cff
	@$(BIN)/mypy
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/pyright --verifytypes rescalehtc --ignoreexternal > $(VENV)/types.txt || { \
		grep -A 2 error $(VENV)/types.txt; exit 1; }

check-workflows: $(SET_UP) ## Check the workflows with actionlint too, which downloads a program
	@$(INSTALL) --group workflows
	@$(BIN)/actionlint

format: $(SET_UP) ## Format the code and sort the imports
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

##@ See it
demo: $(SET_UP) generate ## Generate the client, then run a real batch on a local server
	@$(BIN)/python examples/demo.py
	@$(BIN)/python -m generator check

docs: $(VENV)/.set-up-docs ## Build the documentation in site/; a broken link or an undocumented name fails
	@$(BIN)/sphinx-build --fresh-env --fail-on-warning --keep-going --quiet --jobs auto --doctree-dir $(VENV)/doctrees docs site
	@echo "site/index.html"

$(VENV)/.set-up-docs: $(SET_UP)
	@$(INSTALL) --group docs
	@touch $@

pictures: $(SET_UP) ## Make the pictures of the documentation from real runs; needs Chromium
	@$(INSTALL) --group pictures
	@$(BIN)/python scripts/pictures.py

##@ Change the API
generate: $(SET_UP) ## Generate generated/ from openapi/htc.yaml
	@$(BIN)/python -m generator build
	@$(BIN)/python -m generator sync

update: $(SET_UP) ## Follow a new public description step by step: make update SPEC=NEW.json
	@test -n "$(SPEC)" || { echo "Name it: make update SPEC=NEW.json (a path, a URL, or - for stdin)" >&2; exit 2; }
	@$(BIN)/python -m generator update "$(SPEC)"

surface: $(SET_UP) ## Announce the public surface as it is now, in docs/surface.txt
	@$(BIN)/python -m generator surface --write

lint-description: ## Lint the API description with Spectral and Redocly (needs Node)
	@npx --yes @stoplight/spectral-cli@6.16.3 lint --ruleset openapi/spectral.yaml openapi/htc.yaml openapi/public.json
	@npx --yes @redocly/cli@2 lint --extends recommended openapi/htc.yaml

test-prism: $(SET_UP) ## Hold the local server against the description with Prism, a proxy (needs Node)
	@npx --yes --package @stoplight/prism-cli@5.16.0 -- $(BIN)/python -m pytest -n 0 -q tests/local/wire/test_prism.py

# Its newest ajv does not start with its ajv-errors, so the file that names both is ours.
test-differ: $(SET_UP) ## Hold our comparison of descriptions against Optic, another one (needs Node)
	@mkdir -p $(VENV)/optic && cp tests/generator/changes/optic.json $(VENV)/optic/package.json
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/optic
	@OPTIC="$(CURDIR)/$(VENV)/optic/node_modules/.bin/optic" $(BIN)/python -m pytest -n 0 -q $(NO_SCHEMATHESIS) \
		tests/generator/changes/test_independent_differ.py

changes: $(SET_UP) ## Show what changed for users since the last release, and draft the changelog
	@$(BIN)/python -m generator changes

##@ Release and measure
coverage: $(SET_UP) ## Measure branch coverage of all tests; below the floor in pyproject.toml it fails
	@rm -f .coverage .coverage.*
	@$(BIN)/coverage run $(PYTEST) $(PARALLEL)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

# Tools of the developers need newer versions than users do: what runs them is not tested here.
test-lowest: ## Run the tests with the lowest versions of the dependencies that pyproject.toml allows
	@$(MAKE) --no-print-directory install-lowest VENV=.venv-lowest
	@.venv-lowest/bin/python $(PYTEST) $(PARALLEL) $(NO_SCHEMATHESIS) \
		--ignore=tests/benchmarks --ignore=tests/generator --ignore=tests/openapi --ignore=tests/project

install-lowest: $(SET_UP)
	@$(BIN)/python scripts/lowest_versions.py > $(VENV)/lowest.txt
	@$(INSTALL) --no-deps --requirement $(VENV)/lowest.txt

bench: $(SET_UP) ## Run the benchmarks side by side (takes minutes)
	@$(BIN)/python -m benchmarks

build: $(SET_UP) ## Build the sdist and the wheel in dist/
	@rm -rf dist
	@$(BIN)/python -m build --quiet --outdir dist .
	@ls -l dist | awk 'NR > 1 { print $$5, $$9 }'

clean: ## Remove what the other targets made
	rm -rf $(VENV) .venv-lowest dist site .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.*
