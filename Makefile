# Every task of the house is one word.  Needed beforehand: Python 3.11 or later, make, and the network once.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links

.PHONY: help run test format lock bench clean

help: ## 列出全部任务 · list the tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/project.stamp ## 打开示范区 http://127.0.0.1:8000 · open the demo district
	$(BIN)/disclosure-ledger demo

test: .venv/dev.stamp .venv/project.stamp ## 全部检查与测试 · format, lint, types, import contracts, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadscope --all-requirements

format: .venv/dev.stamp ## 排版与自动修正 · format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/dev.stamp ## 重算依赖锁定 · recompute the pinned requirements (UPGRADE=--upgrade for newer ones)
	$(COMPILE) $(UPGRADE) --extra evidence --group build --output-file requirements.lock pyproject.toml
	$(COMPILE) $(UPGRADE) --extra evidence --group build --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml
	sed -i.before -e '/:\/\//d' requirements.lock requirements-dev.lock
	rm -f requirements.lock.before requirements-dev.lock.before

bench: .venv/dev.stamp .venv/project.stamp ## 性能基准 · measure against the peers, on this machine
	$(BIN)/disclosure-ledger bench

clean: ## 清除环境与缓存 · remove the environment and the caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made anew when what it is pinned to has changed, and only then.
.venv/run.stamp: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$($(PYTHON) --version 2>&1); the ledger needs Python 3.11 or later." \
			"Nothing was installed. Name another: make PYTHON=python3.13 ..." >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(PIP_INSTALL) --require-hashes --only-binary :all: --requirement requirements.lock
	touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	$(PIP_INSTALL) --require-hashes --only-binary :all: --requirement requirements-dev.lock
	touch $@

.venv/project.stamp: pyproject.toml .venv/run.stamp
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	touch $@
