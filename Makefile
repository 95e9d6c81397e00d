# make run · make test · make check · make lint · make bench · make pictures · make data · make requirements
# Another Python: make run PYTHON=/usr/local/bin/python3.11

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# More options for pytest, e.g. make test PYTEST="-k kaart -x"
PYTEST ?= --numprocesses=auto --dist=loadfile
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: run test check lint bench data requirements browser pictures
.DEFAULT_GOAL := run

run: $(VENV)/runtime.stamp
	$(BIN)/python -m einclusie_data.ui.launch

test: lint browser
	$(BIN)/python -m pytest $(PYTEST)

# All but what needs a browser.
check: lint
	$(BIN)/python -m pytest $(PYTEST) --ignore=tests/browser

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp browser
	$(BIN)/python -m benchmarks.engine
	$(BIN)/python -m benchmarks.cell
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.growth
	$(BIN)/python -m benchmarks.changes
	$(BIN)/python -m benchmarks.changes --touched
	$(BIN)/python -m benchmarks.upload
	$(BIN)/python -m benchmarks.siting
	$(BIN)/python -m benchmarks.scenario
	$(BIN)/python -m benchmarks.scenario_page
	$(BIN)/python -m benchmarks.documents
	$(BIN)/python -m benchmarks.meeting
	$(BIN)/python -m benchmarks.first_view
	$(BIN)/python -m benchmarks.filter_change
	$(BIN)/python -m benchmarks.thirty_people

# Take the pictures of README and the manual again: docs/img.
pictures: $(VENV)/dev.stamp browser
	EINCLUSIE_BEELDEN=1 $(BIN)/python -m pytest -q tests/browser/test_four_questions.py tests/browser/test_manual.py tests/browser/test_beheer.py tests/browser/test_besluiten.py tests/browser/test_wat_als.py tests/browser/test_presentatie.py -k "arrows_walk or every_screen or picture or question or upload_look or changed_is or versions_and or the_list_and"

# Rebuild data/ from data/bronnen/: the reference data, the template and the starter workbook (see data/LEESMIJ.md).
data: $(VENV)/runtime.stamp
	$(BIN)/python -m einclusie_data referentie
	$(BIN)/python -m einclusie_data sjabloon -o data/sjabloon.xlsx --overschrijf
	$(BIN)/python -c "from einclusie_data.reference.starter.workbook import write_starter; write_starter()"
	$(BIN)/python -c "from einclusie_data.ui.frame.data import write_shapes; write_shapes()"

# Install only when the pinned requirements changed. dev includes runtime.
$(VENV)/runtime.stamp: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/runtime.stamp

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

# The browser tests need a browser: one that is there, else Debian's, else the one that Playwright brings.
browser: $(VENV)/dev.stamp
	@bash .ci/browser "$(BIN)/playwright" $(BROWSERS)

# Pin everything again, to the newest versions that requirements.in and requirements-dev.in allow.
PIP_COMPILE := build/pip-tools/bin/pip-compile --quiet --upgrade --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
requirements: export CUSTOM_COMPILE_COMMAND = make requirements
requirements:
	$(PYTHON) -m venv build/pip-tools
	build/pip-tools/bin/pip install --quiet pip-tools
	$(PIP_COMPILE) --output-file requirements.txt requirements.in
	$(PIP_COMPILE) --output-file requirements-dev.txt requirements-dev.in
	sed -i '1i -r requirements.txt' requirements-dev.txt
