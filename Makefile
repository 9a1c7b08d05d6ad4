# Living Policy. `make site` and `make test` need Python 3.11+, git and make; they fetch the rest themselves.

PY ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve check report test lint types format bench lock schemas guides licences golden clean

help:  ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

site: .venv/.ok  ## Build the site into site/
	@$(BIN)/mkdocs build --strict
	@echo "The site is in site/: 'make serve' shows it; links need a web server, or use_directory_urls: false in mkdocs.yml."

serve: .venv/.ok  ## Show the site on http://127.0.0.1:8000/ and rebuild as you write
	@$(BIN)/mkdocs serve

check: .venv/.ok  ## The gate: content errors and overdue reviews
	@$(BIN)/livingpolicy check

report: .venv/.ok  ## When each section was last revised and reviewed, worst first
	@$(BIN)/livingpolicy report

test: lint types .venv/.chromium .venv/.firefox .venv/.nginx  ## Every test, the browser tests included
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal

lint: .venv/.dev
	@$(BIN)/ruff check && $(BIN)/ruff format --check

types: .venv/.dev
	@$(BIN)/mypy

format: .venv/.dev  ## Format the code
	@$(BIN)/ruff check --fix && $(BIN)/ruff format

bench: .venv/.dev  ## Measure; prints ratios against a reference taken in the same run
	@$(BIN)/python -m tests.benchmarks

schemas: .venv/.ok  ## Write policy/.schema/ anew from the model
	@$(BIN)/python scripts/write_schemas.py

guides: .venv/.dev  ## Write docs/fel.md, docs/fel-mal.md and docs/felkatalog.md anew
	@$(BIN)/python scripts/write_error_guide.py
	@$(BIN)/python scripts/write_fault_catalogue.py

licences: .venv/.dev  ## Write LICENSES.md anew from the lock files
	@$(BIN)/python scripts/write_licences.py

golden: .venv/.chromium  ## Write the golden files anew; read the diff before you commit it
	@$(BIN)/python -m pytest -q --update-golden

lock: $(UV)  ## Resolve the dependencies anew into the lock files
	@$(UV) lock -q --upgrade
	@$(UV) export $(EXPORT) --no-default-groups --group build -o requirements.lock
	@$(UV) export $(EXPORT) --group build -o requirements-dev.lock

EXPORT := -q --format requirements-txt --no-header --no-annotate --no-emit-project

clean:  ## Remove everything that was made
	@rm -rf .venv .tools .cache site dist

# uv makes the environment in seconds where pip takes a minute; it comes from PyPI, by hash, into this folder only.
$(UV): tools.lock
	@$(PY) -m pip install -q --disable-pip-version-check --no-warn-script-location --upgrade --require-hashes --target .tools -r tools.lock
	@touch $@

.venv/bin/python: $(UV)
	@test -x $@ || $(UV) venv -q --python "$$(command -v $(PY))" .venv

# The project itself is installed in place, built with the locked backend: nothing outside the lock is fetched.
define install
	@$(UV) pip sync -q --python $(BIN)/python --compile-bytecode --require-hashes $(1)
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q src
endef

# Where the tests' environment stands already, it holds all that the site needs: never take anything out of it.
.venv/.ok: .venv/bin/python requirements.lock pyproject.toml
	$(if $(wildcard .venv/.dev),@$(MAKE) --no-print-directory .venv/.dev,$(call install,requirements.lock))
	@touch $@

.venv/.dev: .venv/bin/python requirements-dev.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch .venv/.ok $@

.venv/.chromium: .venv/.dev
	@$(BIN)/python scripts/get_chromium.py
	@touch $@

.venv/.firefox: .venv/.dev
	@$(BIN)/python scripts/get_firefox.py
	@touch $@

.venv/.nginx: .venv/.dev
	@$(BIN)/python scripts/get_nginx.py
	@touch $@
