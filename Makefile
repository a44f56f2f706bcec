# The commands of README.md. Set-up happens by itself, once: make decides by stamp files alone.

# Without .pyc files every start would compile the harness anew; they are ignored by git.
unexport PYTHONDONTWRITEBYTECODE

PYTHON_STAMP   := .venv/.installed
CHROMIUM_STAMP := .venv/.chromium
WIDGET_STAMP   := harness/reference/widget/dist/.built
REPORTS_STAMP  := reports/node_modules/.built
CLIENTS_STAMP  := .cache/clients/.installed
PEERS_STAMP    := .cache/peers/.installed
SET_UP         := $(PYTHON_STAMP) $(CHROMIUM_STAMP) $(WIDGET_STAMP) $(REPORTS_STAMP)
WIDGET_SOURCES := $(wildcard harness/reference/widget/*.* harness/reference/widget/src/*)

.PHONY: help conformance test clients check prove serve benchmarks screenshots setup lock clean
.DEFAULT_GOAL := help

help: ## what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

conformance: $(SET_UP) ## run every scenario against the reference; ARGS="…" go to `handoff run`
	@.ci/conformance $(ARGS)

test: $(SET_UP) ## the project's own tests, lint, formatting, types, import contracts
	@.ci/check
	@.ci/test $(ARGS)

clients: $(SET_UP) $(CLIENTS_STAMP) ## run published clients, unmodified, against the reference
	@.ci/clients $(ARGS)

check: $(PYTHON_STAMP) ## lint, formatting, types, import contracts
	@.ci/check

prove: $(SET_UP) ## show that every check fails when the reference is made to deviate
	@.venv/bin/handoff prove $(ARGS)

serve: $(SET_UP) ## start the reference with its demo, for people to click through
	@.venv/bin/handoff serve --demo $(ARGS)

benchmarks: $(SET_UP) $(PEERS_STAMP) ## measure, and write benchmarks/README.md
	@.venv/bin/python -m benchmarks $(ARGS)

screenshots: $(SET_UP) ## take the pictures of the README anew
	@.venv/bin/python docs/screenshots.py

setup: $(SET_UP) $(CLIENTS_STAMP) ## install everything that the other commands need

lock: ## resolve the dependencies of pyproject.toml anew into requirements.lock
	@.ci/lock

clean: ## remove what set-up and runs have made
	rm -rf .venv .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info
	rm -rf harness/reference/widget/node_modules harness/reference/widget/dist reports/node_modules reports/latest

$(PYTHON_STAMP): requirements.lock pyproject.toml
	@.ci/install python

$(CHROMIUM_STAMP): requirements.lock | $(PYTHON_STAMP)
	@.ci/install chromium

$(WIDGET_STAMP): $(WIDGET_SOURCES) | $(PYTHON_STAMP)
	@.ci/install widget

$(REPORTS_STAMP): $(wildcard reports/package-lock.json) | $(PYTHON_STAMP)
	@.ci/install reports

$(CLIENTS_STAMP): $(wildcard tests/clients/*.txt tests/clients/node/*/package*.json) | $(PYTHON_STAMP)
	@.ci/install clients

$(PEERS_STAMP): benchmarks/requirements.txt | $(PYTHON_STAMP)
	@.ci/install peers
