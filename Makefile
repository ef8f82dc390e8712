# Each target sets up what it needs; what is there already costs nothing.

PYTHON  ?= python3
# Processes that `make test` uses; 0 runs the tests in one. The engine's tests wait now and then, so
# five keep two cores busy.
WORKERS ?= 5
# How long `make chaos` searches: examples of each vendor's model, steps of an example, kills, and the
# signatures of one stack whose calls meet faults.
EXAMPLES ?= 1000
STEPS    ?= 20
# Spoilt requests of each protocol that it sends to the sandbox.
REQUESTS ?= 10000
KILLS    ?= 200
LOAD     ?= 500
# Changes that `make mutants-sample` draws, and what they are drawn with.
N    ?= 60
SEED ?= 30
# Another Python for `make test-python`, to be found on PATH or at pyenv or uv.
PY      ?= 3.13
# Another commit whose package `make bench` is to compare this one with.
BASE ?=
# How long `make scale` may take, in seconds.
SECONDS ?= 600
# More arguments for the program that a target runs: make test ARGS="tests/unit -k lifecycle"
ARGS    ?=

# Each process of a run would compile the tests and the package again, for half a minute in all.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN  := $(VENV)/bin
# Made last, so an environment that was interrupted on the way is made again.
ENVIRONMENT := $(VENV)/.complete
# One pinned version of everything that is installed, with the hashes of its files.
CONSTRAINTS := requirements/constraints.txt

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Nothing gets in whose content is not in CONSTRAINTS: no dependency that is missing there, and
# no build backend that pip would fetch for itself.
PINNED := $(PIP) install --require-hashes --no-deps --no-build-isolation
# The language host runs the Python that it finds first, so the environment comes before the engine.
WITH_ENGINE = engine=$$($(BIN)/python -m tools.engine) && PATH="$(abspath $(BIN)):$$engine:$$PATH"
# What needs no engine and takes seconds; clients, commands and sandbox, which are served, take minutes, and
# documents are read by make test.
FAST := $(addprefix tests/,unit golden seeds)
# What is run on other engines and Pythons: each vendor's story, the law, drift, what is cut off.
SAMPLE := $(addprefix tests/engine/test_,engines.py lifecycle.py law_traps.py partial.py interrupted.py drift.py)
# And what an engine before 3.274 doesn't know.
AWAITING := tests/engine/test_awaiting.py
SDK_PLACES := tests/engine/test_sdk_places.py tests/engine/test_sdk_range.py
OLD_ENGINE := 3.250.0
# What `make test` leaves to `make test-rest`, unless it is told its files: a browser, a terminal,
# other users of the machine, an old SDK, runs that are killed, faults and odd answers at every call,
# drawn sequences, a small company, wheels, the site, pipelines, counted calls and bytes, and the README's
# commands in a fresh clone.
REST := $(addprefix tests/,browser chaos model scale cli/test_strangers.py contract/test_fuzzed_answers.py tools/test_release.py) \
  $(addprefix tests/,docs/test_site.py unit/yunpian/test_memory.py) \
  $(addprefix tests/engine/test_,economy.py killed.py release.py screen.py sdk_range.py) \
  $(addprefix tests/examples/test_,demo.py first_steps.py pipelines.py policies.py)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup engine demo test test-rest test-fast test-old-engine test-newest-engine test-python test-sdks browser chaos mutants mutants-sample bench scale referees catalogue site pins check

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: engine ## Set up the environment in .venv, then the engine

engine: $(ENVIRONMENT) ## Find or make a Pulumi engine; the last line is the folder of its programs
	@$(BIN)/python -m tools.engine

demo: $(ENVIRONMENT) ## Watch `pulumi up` submit a signature, wait for its review, mend it, replace it
	@$(WITH_ENGINE) $(BIN)/python tools/demo.py $(ARGS)

test: $(ENVIRONMENT) ## Run the tests, the real engine's among them (ARGS=..., WORKERS=0 for one process)
	@$(if $(strip $(ARGS)),,echo "The tests, on the real engine: about 8 minutes on two cores; make test-fast needs none.")
	@$(WITH_ENGINE) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup \
	  $(if $(filter tests/%,$(ARGS)),,$(addprefix --ignore=,$(REST))) $(ARGS)

test-rest: $(ENVIRONMENT) ## Run what takes longer: browser, killed runs, faults, wheels, pipelines, the README in a fresh clone
	@$(WITH_ENGINE) $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(REST) $(ARGS)

# None of these tests waits, and each process reads them all first: one for each core.
test-fast: WORKERS = logical
test-fast: $(ENVIRONMENT) ## Run the unit tests, which need no engine, in a minute (ARGS=-k..., or the files to run instead)
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup \
	  $(if $(filter tests/%,$(ARGS)),,$(FAST) $(addprefix --ignore=,$(REST))) $(ARGS)

test-old-engine: ## Run a sample of the engine's tests on Pulumi 3.250, which knows no awaiting (and takes 5 minutes to build)
	@SMSSIGN_ENGINE=$(OLD_ENGINE) $(MAKE) --no-print-directory test ARGS="$(SAMPLE) $(ARGS)"

test-newest-engine: ## Run that sample on the newest Pulumi that the official installer gives; needs a network
	@SMSSIGN_ENGINE=newest $(MAKE) --no-print-directory test ARGS="$(SAMPLE) $(AWAITING) $(ARGS)"

test-python: ## Run that sample with another Python (PY=3.13), in an environment of its own
	@for python in python$(PY) "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/$(PY)*/bin/python \
	    "$$(uv python find --no-python-downloads $(PY) 2>/dev/null)"; do \
	  "$$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "$(PY)")' 2>/dev/null && \
	    exec $(MAKE) --no-print-directory test PYTHON="$$python" VENV=$(VENV)-$(PY) ARGS="$(SAMPLE) $(AWAITING) $(SDK_PLACES) $(ARGS)"; done; \
	  echo "There is no Python $(PY) on PATH, at pyenv or uv: \`uv python install $(PY)\` brings one." >&2; exit 1

test-sdks: $(ENVIRONMENT) ## Ask every SDK of Pulumi on PyPI from 3.235 on for the private places that we stand on
	@$(WITH_ENGINE) SDKS=all $(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(SDK_PLACES) $(ARGS)

browser: $(ENVIRONMENT) ## Drive the reviewer's desk in a real Chromium, while a real `pulumi up` waits
	@for program in chromium chromedriver; do command -v $$program >/dev/null || { \
	  echo "$$program is not on PATH: install it (on Debian: chromium and chromium-driver)." >&2; exit 1; }; done
	@$(WITH_ENGINE) $(BIN)/python -m pytest tests/browser $(ARGS)

chaos: $(ENVIRONMENT) ## Search long for what breaks the promise: EXAMPLES= a vendor of STEPS= each, REQUESTS=, KILLS=, LOAD=
	@MODEL_EXAMPLES=$(EXAMPLES) MODEL_STEPS=$(STEPS) REQUESTS=$(REQUESTS) FUZZ_EXAMPLES=$(EXAMPLES) \
	  $(BIN)/python -m pytest -n $(WORKERS) --timeout 7200 tests/model tests/sandbox/fuzz \
	  tests/contract/test_fuzzed_answers.py tests/unit/engine/test_fuzzed_files.py \
	  tests/unit/engine/test_fuzzed_inputs.py $(ARGS)
	@FAULT_MATRIX=whole $(BIN)/python -m pytest -n $(WORKERS) --timeout 7200 tests/chaos $(ARGS)
	@$(WITH_ENGINE) $(BIN)/python -m tests.chaos.kill --trials $(KILLS)
	@$(WITH_ENGINE) $(BIN)/python -m tests.chaos.load --count $(LOAD)

mutants: $(ENVIRONMENT) ## Change the law and the core in hundreds of ways, and see whether a test notices
	@$(BIN)/python -m mutmut run --max-children $(WORKERS)
	@$(BIN)/python -m mutmut results

mutants-sample: $(ENVIRONMENT) ## Change N places of the whole package, drawn with SEED, and see whether the fast tests notice
	@$(BIN)/python -m tools.mutants --number $(N) --seed $(SEED) $(ARGS)

bench: $(ENVIRONMENT) ## Measure every bar on a quiet machine, 40 minutes; BASE=commit compares (ARGS="--list", "--only import")
	@$(WITH_ENGINE) $(BIN)/python -m tests.bench $(if $(BASE),--base $(BASE)) $(ARGS)

scale: $(ENVIRONMENT) ## Run a company's 50 stacks in 20 accounts side by side, 10 minutes (SECONDS=, ARGS="--stacks 5")
	@$(WITH_ENGINE) $(BIN)/python -m tests.scale --seconds $(SECONDS) $(ARGS)

referees: $(ENVIRONMENT) ## Let the vendors' SDKs for Go, Java, Node and Python judge the sandbox (ARGS="tencent ...")
	@$(BIN)/python -m tools.referees $(ARGS)

catalogue: $(ENVIRONMENT) ## Compile the Chinese of the messages (pulumi_smssign/model/locale/zh/*.po)
	@$(BIN)/python -m tools.catalogue

site: $(ENVIRONMENT) ## Build docs/ as a site, with search in both languages, into build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict $(ARGS)

pins: ## Renew requirements/constraints.txt for pyproject.toml with uv, which is to be on PATH (ARGS=--upgrade)
	@uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-annotate \
	  --generate-hashes --custom-compile-command "make pins" --output-file $(CONSTRAINTS) \
	  pyproject.toml $(ARGS)

check: $(ENVIRONMENT) ## Lint, check the format and the types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy pulumi_smssign tests examples tools
	$(BIN)/lint-imports

$(ENVIRONMENT): pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python 3.11 or newer is needed, and $(PYTHON) is not: set PYTHON=/path/to/a/newer/python." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) lacks its venv module: install it (on Debian: python3-venv) or set PYTHON." >&2; exit 1; }
	@echo "Setting up the environment in $(VENV) (half a minute)"
	@$(PYTHON) -m venv --clear $(VENV)
	@sed -n '/^setuptools==/,/[^\\]$$/p' $(CONSTRAINTS) >$(VENV)/first.txt
	@$(PINNED) --requirement $(VENV)/first.txt
	@$(PINNED) --requirement $(CONSTRAINTS)
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@
