# Beffroi. Every recipe installs what it needs first; `make` alone lists them.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export VIRTUAL_ENV := $(CURDIR)/.venv
export SOLCX_BINARY_PATH := $(CURDIR)/.venv/solc
export APE_DATA_FOLDER ?= $(CURDIR)/.venv/ape
export BEFFROI_REPORTS ?= $(CURDIR)/build/test
# Images of Python often forbid bytecode: hundreds of processes would each compile all that they import.
unexport PYTHONDONTWRITEBYTECODE
SERVE ?= 1
FORGE_ROOT ?= .

.DEFAULT_GOAL := help
.PHONY: help install demo test test-needs test-npm forge-contracts test-forge test-pages test-ground test-python test-clock bench wheel lint format compile \
	lock clean

help: ## list the recipes
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: .venv/installed ## install everything into the checkout, from the lock files
.venv/installed: tools/install.sh tools/bootstrap.txt tools/solc-launcher.cjs uv.lock pyproject.toml package-lock.json
	@tools/install.sh

demo: compile ## a town on a local Anvil, then its dApp until Ctrl-C; SERVE=0 ends after the story, KEEP=1 leaves Anvil, DATA=folder takes real files
	@ape run demo $(if $(filter 0,$(SERVE)),--no-serve) $(if $(KEEP),--keep) $(if $(DATA),--data $(DATA))

test: compile test-needs ## every test, in lanes side by side; fails when any of them does, and tells the seconds of each module
	@python tools/suites.py

test-needs: ## what the tests need of the system, a browser and a database server: says so, and installs it on Debian as root
	@tools/test-needs.sh

test-npm: compile
	npm test --silent $(NPM_ARGS)

forge-contracts: install ## what forge's tests deploy, compiled as towns deploy it
	cd $(FORGE_ROOT) && FOUNDRY_PROFILE=deployed forge build contracts tests/forge/harness

test-forge: forge-contracts
	cd $(FORGE_ROOT) && forge test $(FORGE_ARGS)

# Tests that wait for pages and processes more than they compute are a lane of their own, beside the rest.
PAGES = tests/browser tests/cli
# What everything stands on comes after forge, when its compiler leaves a core; and the post office, so that the lanes
# end together.
GROUND = tests/adversaries tests/chain tests/post tests/toolchain tests/town
REST = $(addprefix --ignore=,$(PAGES) $(GROUND))
PYTEST = pytest --junitxml=$(BEFFROI_REPORTS)/$(@:test-%=%).xml

test-pages: compile test-needs
	$(PYTEST) -m "not clock" $(PAGES) $(PYTEST_ARGS)

test-ground: compile test-needs
	$(PYTEST) -m "not clock" $(GROUND) $(PYTEST_ARGS)

test-python: compile test-needs
	$(PYTEST) -m "not clock" $(REST) $(PYTEST_ARGS)

# Tests that watch a clock are kept for a quiet machine, after everything else. 5 is pytest's word for "nothing of the
# kind here".
test-clock: compile test-needs
	$(PYTEST) -m clock $(CLOCK) $(PYTEST_ARGS) || [ $$? -eq 5 ]

bench: compile ## measure gas and speed beside the field's contracts; writes bench/results.json
	@python -m bench $(BENCH_ARGS)

# setuptools leaves what it copied once: a module that is gone would come back.
wheel: compile ## the library as one file, with the compiled contracts inside: build/wheel, or WHEELS=folder
	@rm -rf build/lib build/bdist.*
	@pip wheel --quiet --no-deps --no-build-isolation --wheel-dir $(or $(WHEELS),build/wheel) .

# forge's linter leaves artifacts without metadata, which its tests refuse: in a folder of their own.
lint: compile ## ruff, mypy strict, vulture, deptry, forge fmt and lint, trees, tsc and prettier on the dApp, 120 columns
	ruff check . && ruff format --check . && mypy && vulture && deptry .
	python tools/columns.py
	forge fmt --check contracts tests/forge bench/contracts
	FOUNDRY_PROFILE=deployed FOUNDRY_OUT=build/lint FOUNDRY_CACHE_PATH=build/lint/cache forge lint --deny warnings contracts
	python tools/trees.py
	npm run --silent lint --workspace frontend

format: install ## rewrite Python, Solidity and TypeScript in the house style
	ruff check --fix . && ruff format . && forge fmt contracts tests/forge bench/contracts
	npm run --silent format --workspace frontend

compile: install .build/compiled
	@cat .venv/solc/which

# ape leaves a contract alone when only what it imports has changed: whatever changed, all is compiled.
.build/compiled: ape-config.yaml .venv/installed $(shell find contracts -name '*.sol')
	ape compile --force && touch $@

lock: install ## renew the lock files
	tools/lock.sh

clean: ## remove what was built; `rm -rf .venv node_modules` removes what was installed
	rm -rf build .build .cache
