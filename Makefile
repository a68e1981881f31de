# Two commands: `make site` publishes what is in data/, `make test` checks everything. Each sets up .venv by itself.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES ?= data/fiches
OUT ?= build

.PHONY: site test lint bench soak serve clean help

help: ## say what there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 12

# The stamp is newer than pyproject.toml once everything in it is installed.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "rncp_ld needs Python 3.11 or later")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

site: $(VENV)/.installed ## publish data/ to build/site
	$(BIN)/rncp-ld build $(SOURCES) -o $(OUT)
	@echo "Open $(OUT)/site/certification/RNCP2383.html, or run: $(BIN)/rncp-ld serve $(OUT)"

test: lint ## run all checks and tests
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.installed ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed ## measure; prints ratios (serving: needs wrk and nginx)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,bench]'
	$(BIN)/python -m benchmarks.linking
	$(BIN)/python -m benchmarks.pipeline
	$(BIN)/python -m benchmarks.serving

soak: $(VENV)/.installed ## serve for ten minutes under load, kills and publications
	$(BIN)/python -m benchmarks.soak

serve: site ## publish, then serve on 127.0.0.1:8000
	$(BIN)/rncp-ld serve $(OUT)

clean: ## remove what builds made
	rm -rf $(OUT) dist .pytest_cache .mypy_cache .ruff_cache
