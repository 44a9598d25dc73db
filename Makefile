SHELL := /bin/bash
PYTHON ?= python3.11
VARIANT ?= primer
BIN := .venv/bin

.DEFAULT_GOAL := all

.venv/ready: requirements.lock pyproject.toml
	@echo "Setting up .venv from requirements.lock (once; a few minutes on a slow line)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@
