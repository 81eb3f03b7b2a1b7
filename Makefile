# The commands of Corridormap. They need Python 3.11 or later with pip, and make.
#
#   make run      install into .venv what is missing, start the page and open it
#   make test     the same for the tests, plus a Chromium; then check and all tests
#   make sweep    all cases of those tests of which `make test` tries some; takes long
#   make check    lint, format, types, direction of imports, of Python and of the browser's side
#   make bench    measure, and print the table of the README
#   make pictures make the pictures of the README
#   make format   put the code into its format
#   make count    count lines of Python, JavaScript, TypeScript and CSS by room
#   make audit    ask the databases of advisories about the locked packages
#   make lock     make the locks anew; ARGS=--upgrade for newer versions

.POSIX:
.PHONY: run test sweep check bench pictures format count audit lock install dev programs clean

BIN = .venv/bin
TIMED = sh scripts/timed.sh
SOURCES = pyproject.toml requirements.lock requirements-dev.lock hatch_build.py \
	base/build.py base/browser.py base/flat.py base/english.py base/fonts.py base/kerning.py base/licences.py base/npm.py base/places.py \
	base/suburbs.py base/world.py \
	base/package.json base/package-lock.json scripts/install.sh

run: install programs
	@$(BIN)/corridormap serve $(ARGS)

install: .venv/installed

dev: .venv/installed-dev

# What the browser runs, made anew where a module of app/browser has changed.
programs:
	@$(BIN)/python -m scripts.browser

.venv/installed: $(SOURCES)
	@sh scripts/install.sh
	@touch $@

.venv/installed-dev: $(SOURCES)
	@sh scripts/install.sh dev
	@touch .venv/installed $@

# Whatever forbids it elsewhere, what Python has compiled is kept: hundreds of processes start.
test: dev programs
	@$(BIN)/python scripts/chromium.py --install
	@$(MAKE) check
	@PYTHONDONTWRITEBYTECODE= $(TIMED) tests $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

sweep: dev programs
	@$(BIN)/python scripts/chromium.py --install
	@PYTHONDONTWRITEBYTECODE= CORRIDORMAP_SWEEP=1 $(TIMED) sweep $(BIN)/python -m pytest -n auto $(ARGS)

check: dev
	@$(TIMED) lint $(BIN)/ruff check .
	@$(TIMED) format $(BIN)/ruff format --check .
	@$(TIMED) types $(BIN)/mypy
	@$(TIMED) imports $(BIN)/lint-imports
	@$(TIMED) "lint of the browser's side" $(BIN)/python -m scripts.browser lint
	@$(TIMED) "types of the browser's side" $(BIN)/python -m scripts.browser types
	@$(TIMED) "imports of the browser's side" $(BIN)/python -m scripts.browser_imports

bench: dev programs
	@$(BIN)/python scripts/chromium.py --install
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python bench/run.py $(ARGS)
	@$(BIN)/python bench/anchors.py
	@$(BIN)/python bench/suggestions.py
	@$(BIN)/python bench/pages.py
	@$(BIN)/python bench/suggestion_corpus.py train
	@$(BIN)/python bench/strangers.py
	@$(BIN)/python bench/labels.py
	@$(BIN)/python bench/sizes.py

pictures: dev programs
	@$(BIN)/python scripts/chromium.py --install
	@$(BIN)/python -m scripts.make_pictures

format: dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/python -m scripts.browser format

count: install
	@$(BIN)/python -m scripts.count

audit: install
	@$(BIN)/python -m scripts.audit

lock:
	@"$$(sh scripts/python.sh)" -m scripts.lock $(ARGS)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
