# Everything a checkout needs. `make run` opens Attune, `make test` runs every check;
# both first make the environment, on Debian and Ubuntu the system libraries too.

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
# Side by side on every core, at most eight: what one test shares with its file's others is made on each.
PYTEST := $(PYTHON) -m pytest --numprocesses auto --maxprocesses 8 --dist worksteal

.PHONY: run test check lint quick bench clean help

run: $(READY)
	@$(PYTHON) -m attune

test: check
	@$(PYTEST)

# Formatting, style, types, import rules: what can be said without running the program.
check: $(READY)
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

# As `check`, but mends what can be mended by itself.
lint: $(READY)
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

# The tests that take a few seconds or less each.
quick: $(READY)
	@$(PYTEST) -m "not slow"

bench: $(READY)
	@$(PYTHON) -m attune bench

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find attune tests packaging assets -name __pycache__ -type d -prune -exec rm -rf {} +

help:
	@echo "make run    open Attune"
	@echo "make test   every check and every test"
	@echo "make quick  the quick tests only"
	@echo "make check  formatting, style, types, import rules"
	@echo "make lint   as check, and mends what can be mended"
	@echo "make bench  speed and memory beside bare programs"
	@echo "make clean  remove what was made"

# The libraries are looked at every time (it takes milliseconds); the environment is made again when
# what it is made from has changed.
.PHONY: libraries
libraries:
	@bash packaging/system_packages.sh

$(READY): pyproject.toml constraints.txt packaging/environment.sh | libraries
	@bash packaging/environment.sh $(VENV)
	@touch $@
