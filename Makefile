# `make chat` sets everything up and opens the chat; `make test` sets everything up and tests it.
# `make chat EXTRAS=serve` installs and needs neither torch nor the weights, but a built .index.
PYTHON ?= python3
EXTRAS ?= dev
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: chat test check bench bench-load bench-precision bench-web screenshots fmt index train clean
chat: $(STAMP)
	@$(BIN)/python app.py $(ARGS)

# The browser tests have a run of their own: Playwright keeps an event loop in its thread. The rest
# is shared by two processes, a file to one of them, so that what a file sets up is set up once.
test: $(STAMP)
	@$(BIN)/python -m index build --if-stale
	$(BIN)/python -m pytest -n 2 --dist loadfile --ignore=tests/web/browser $(ARGS)
	$(BIN)/python -m pytest tests/web/browser

check: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m corpus check

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks $(ARGS)

# Many readers at once before the real server.
bench-load: $(STAMP)
	$(BIN)/python -m benchmarks.load $(ARGS)

# Asks the questions of some sets of both, and compares every reply.
bench-precision: $(STAMP)
	$(BIN)/python -m benchmarks.precision $(FILES)

# Both drive Chromium before the page with its real models.
bench-web: $(STAMP)
	$(BIN)/python -m scripts.bench_web

screenshots: $(STAMP)
	$(BIN)/python -m scripts.screenshots $(ARGS)

fmt: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

index: $(STAMP)
	$(BIN)/python -m index build

train: $(STAMP)
	$(BIN)/python -m training

clean:
	rm -rf .index $(VENV)

# Network is used here and above nowhere else.
$(VENV)/.bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	@touch $@

$(STAMP): pyproject.toml constraints.txt
	@echo "Setting up: this takes a few minutes the first time."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[$(EXTRAS)]"
	@touch $@
