# The first commands of a newcomer. Everything is set up in .venv; nothing outside is touched,
# but for `make test` and `make coverage`, which as root install the servers that the tests run against.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: demo test coverage long wheel deb check lint types contracts audit benchmarks bench clean

demo: $(VENV)/run.done
	@$(BIN)/mailbot demo demo-output

# One worker more than cores, since tests of servers and freezes spend much of their time waiting.
WORKERS = $(shell expr $$(nproc) + 1)

test: $(VENV)/dev.done
	@scripts/test-servers
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile --durations=25 $(TESTS)

# The same, measured: two fifths more processor time, so apart.
coverage: $(VENV)/dev.done
	@scripts/test-servers
	@$(BIN)/python -m coverage erase
	@$(BIN)/python -m coverage run -m pytest --numprocesses=auto --dist=loadfile $(TESTS)
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage report --skip-covered --skip-empty | tail -n 25

# What takes longer than a coffee, run before an issue is closed: its figures and date go to docs/figures.md.
long: $(VENV)/dev.done
	@scripts/test-servers
	@$(BIN)/python -m pytest --numprocesses=$(WORKERS) -m long $(TESTS)
	@for each in soak hosts_soak fuzz wire sittings; do $(BIN)/python -m benchmarks.$$each || exit 1; done
	@$(BIN)/python -m benchmarks.hosts 5 10 2000 2
	@scripts/try-roots
	@scripts/try-unit

wheel: $(VENV)/run.done
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@cp requirements/run.txt dist/constraints.txt
	@ls dist

deb:
	@PYTHON=$(PYTHON) scripts/make-deb

check: lint types contracts

lint: $(VENV)/dev.done
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev.done
	@$(BIN)/mypy

contracts: $(VENV)/dev.done
	@$(BIN)/lint-imports

audit: $(VENV)/dev.done
	@$(BIN)/python scripts/audit.py

# The statistical reader of plain words, of the labelled mails: the same bytes each time.
train: $(VENV)/dev.done requirements/train.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/train.txt
	@$(BIN)/python -m benchmarks.words.train

benchmarks: $(VENV)/dev.done
	@for each in throughput workbook forms words; do $(BIN)/python -m benchmarks.$$each || exit 1; done

# One page: how fast against the least that it can cost, how flat, how much memory. Half an hour; PARTS="burst start"
# runs parts of it, "quick" among them makes them small. drawing, heavy and ledger mean something on a busy machine too.
bench: $(VENV)/dev.done
	@$(BIN)/python -m benchmarks.bench $(PARTS)

$(VENV)/run.done: requirements/run.txt pyproject.toml
	@scripts/make-venv $(PYTHON) $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/run.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.done: $(VENV)/run.done requirements/dev.txt requirements/ocr.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt -r requirements/ocr.txt
	@touch $@

clean:
	rm -rf $(VENV) demo-output
