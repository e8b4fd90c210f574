# One command a job. `make` alone lists them.
# Set-up runs by itself and only when a lock file changed since the last time.

PORT ?= 8000
SITE ?= site
SH := sh build_scripts

# Set-up waits for the network most of the time: pip, npm and apt wait together.
MAKEFLAGS += --jobs=4

# MkDocs 1 is pinned on purpose; its announcement of version 2 is known.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Our files are UTF-8, whatever the machine's language: packages that open theirs without saying so, too.
export PYTHONUTF8 := 1

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --quiet
VENV := .venv/.made
ENGINE := .venv/.engine-installed
MICROPIP := .venv/.micropip-fetched
PACKAGES := node_modules/.installed
SITE_TOOLS := .venv/.site-tools-installed
TEST_TOOLS := .venv/.test-tools-installed

BUILD_READY := $(VENV) $(SITE_TOOLS) $(ENGINE) $(MICROPIP) $(PACKAGES)

.PHONY: help serve site rules wheel publish test test-anywhere lint bench browsers lock clean clean-all

help:
	@echo "make serve      set up, build the site and serve it on this machine (PORT=$(PORT))"
	@echo "make site       set up and build the site into $(SITE)/"
	@echo "make test       set up and run every check"
	@echo "make test-anywhere  every check as on other machines and days (DAYS=2028-02-29 for one: build_scripts/workshop/run_anywhere.py)"
	@echo "make lint       the checks that need no browser and no site"
	@echo "make rules      compile the rules of engine/rules, check and prove them"
	@echo "make wheel      build the engine as an installable package into build/wheel/"
	@echo "make publish    keep the engine of today's rules for their records; before each release (PUBLISH=--replace: see there)"
	@echo "make bench      time the engine's start beside Pyodide as it comes (BENCH='--mbit 10 --latency 40')"
	@echo "make lock       write the locked lists of packages anew"
	@echo "make clean      remove what the build made (clean-all: what set-up made, too)"

serve: $(BUILD_READY)
	$(PYTHON) -m build_scripts.build_site --site-dir $(SITE)
	$(PYTHON) -m build_scripts.workshop.serve --site-dir $(SITE) --port $(PORT)

site: $(BUILD_READY)
	$(PYTHON) -m build_scripts.build_site --site-dir $(SITE)

rules: $(BUILD_READY)
	$(PYTHON) -m build_scripts.proofs.prove

wheel: rules
	$(PYTHON) -m build_scripts.bundle.wheel

publish: rules
	$(PYTHON) -m build_scripts.bundle.publish_engine $(PUBLISH)

# pytest comes last: its summary is the last thing to be seen.
test: $(BUILD_READY) $(TEST_TOOLS) browsers
	$(PYTHON) -m build_scripts.workshop.run_checks

test-anywhere: $(BUILD_READY) $(TEST_TOOLS) browsers
	$(PYTHON) -m build_scripts.workshop.run_anywhere $(DAYS)

lint: $(BUILD_READY) $(TEST_TOOLS)
	$(PYTHON) -m build_scripts.workshop.run_checks --without-site

bench: $(BUILD_READY) $(TEST_TOOLS) browsers rules
	$(PYTHON) -m build_scripts.workshop.bench_start $(BENCH)

browsers: $(VENV)
	@$(PYTHON) -m build_scripts.workshop.browsers

# What set-up does, each step once.

$(VENV): build_scripts/workshop/set_up.sh
	@$(SH)/workshop/set_up.sh
	@touch $@

$(SITE_TOOLS): requirements/site.txt | $(VENV)
	@echo "Installing what builds the site (requirements/site.txt)"
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(TEST_TOOLS): requirements/dev.txt | $(SITE_TOOLS) $(ENGINE) # one pip at a time
	@echo "Installing what checks the site (requirements/dev.txt)"
	@$(PIP) install --require-hashes -r $<
	@touch $@

$(ENGINE): engine/pyproject.toml | $(SITE_TOOLS)
	@$(PIP) install --no-deps --no-build-isolation --editable engine
	@touch $@

$(MICROPIP): requirements/browser.txt | $(VENV)
	@rm -rf .venv/browser-wheels
	@$(PIP) download --no-deps --require-hashes --only-binary=:all: --python-version 3.14 --dest .venv/browser-wheels -r $<
	@touch $@

$(PACKAGES): package-lock.json package.json | $(VENV)
	@echo "Installing the Python runtime for the browser and the page tools (package-lock.json)"
	@npm ci --silent --no-fund --no-audit
	@touch $@

PIP_COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-options

lock: $(TEST_TOOLS)
	$(PIP_COMPILE) --output-file requirements/site.txt requirements/site.in
	$(PIP_COMPILE) --constraint requirements/site.txt --output-file requirements/dev.txt requirements/dev.in
	rm -rf build/lock && mkdir -p build/lock
	$(PIP) download --no-deps --only-binary=:all: --python-version 3.14 --dest build/lock -r requirements/browser.in
	{ sed -n 's/^micropip==.*/& \\/p' requirements/browser.in; .venv/bin/pip hash build/lock/*.whl | sed -n 's/^--hash/    &/p'; } > requirements/browser.txt
	npm install --package-lock-only

clean:
	rm -rf build site engine/src/cse_pathway/rulebook.json .mypy_cache .ruff_cache .pytest_cache .hypothesis

clean-all: clean
	rm -rf .venv node_modules
