# `make` alone lists what there is. A fresh clone needs Python 3.11 or newer and
# nothing else to run; the tests also need a browser and PostgreSQL, which
# `make test` installs where it may.

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
TOOLBOX := $(VENV)/bin/toolbox
UV := $(VENV)/bin/uv
PYTEST := $(PYTHON) -m pytest
# One process more than the cores of the smallest machine: a third of the time goes to waiting for a browser.
# In the order of tests/conftest.py, the slow journeys first, so that no process is left alone with one.
IN_PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder

# Python's byte code is kept, beside what it was made for. Where it is not, and some machines ask for that,
# each process we start compiles everything anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/byte-code

# Stamps: each step is done again only when what it was made from has changed.
BOOTSTRAP := $(VENV)/.bootstrap-done
RUNTIME := $(VENV)/.runtime-done
DEV := $(VENV)/.dev-done

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run setup test check bench look axe-all texts vendor lock clean

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Start the service on PORT (8000), setting up what it needs
	@$(TOOLBOX) texts --compile
	@$(PYTHON) manage.py migrate --no-input --verbosity 0
	@$(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@$(TOOLBOX) load-content
	@PORT=$(PORT) exec $(TOOLBOX) serve

setup: $(DEV) ## Set up .venv for development

# A failure on SQLite stops before PostgreSQL: its closing line is then the last.
test: $(DEV) ## Run all tests, and those on the database again on PostgreSQL
	@mkdir -p var/static
	@scripts/system-packages
	@$(TOOLBOX) texts --compile
	$(PYTEST) $(IN_PARALLEL)
	TEST_DATABASE=postgresql $(PYTEST) -m database $(IN_PARALLEL)

check: $(DEV) ## Check style, types, templates, migrations, texts, dependencies and locks
	$(VENV)/bin/ruff check . scripts/vendor scripts/audit-dependencies
	$(VENV)/bin/ruff format --check . scripts/vendor scripts/audit-dependencies
	$(VENV)/bin/mypy
	$(VENV)/bin/djlint toolbox --lint --quiet
	$(PYTHON) manage.py makemigrations --check --dry-run
	$(TOOLBOX) texts --check
	$(PYTHON) scripts/audit-dependencies
	$(PYTEST) -q tests/repository/test_locks.py

bench: $(DEV) ## Measure speed and memory
	$(PYTHON) -m benchmarks

look: $(DEV) ## Take pictures of the pages
	@mkdir -p var/static
	@scripts/system-packages
	$(PYTHON) -m tests.look

axe-all: $(DEV) ## Check the accessibility of every page, not only the chosen ones
	@mkdir -p var/static
	@scripts/system-packages
	AXE=all $(PYTEST) tests/journeys -k axe

texts: $(DEV) ## Collect the texts to translate
	$(TOOLBOX) texts --extract

vendor: $(DEV) ## Fetch styles and fonts anew and rebuild the theme (needs npm)
	$(PYTHON) scripts/vendor

# Versions already locked stay; `make lock UPGRADE=--upgrade` moves them.
lock: $(BOOTSTRAP) ## Lock the requirements by version and hash
	@for name in bootstrap runtime dev; do \
		$(UV) pip compile requirements/$$name.in --output-file requirements/$$name.txt --quiet $(UPGRADE) \
			--universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-emit-find-links \
			--custom-compile-command "make lock" || exit 1; \
	done

clean: ## Remove all that make has made, the local database too
	rm -rf $(VENV) var build *.egg-info
	find inclusion_rules toolbox config tests -name __pycache__ -prune -exec rm -rf {} +
	find toolbox -name '*.mo' -delete

$(BOOTSTRAP): requirements/bootstrap.txt
	@test -x $(PYTHON) || python3 -m venv $(VENV)
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

# Adds without removing, so that `make run` leaves a development set-up whole.
$(RUNTIME): $(BOOTSTRAP) requirements/runtime.txt pyproject.toml
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements/runtime.txt
	@$(UV) pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(RUNTIME) requirements/dev.txt
	@$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r requirements/dev.txt
	@touch $@
