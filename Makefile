SHELL := /bin/bash
# Any released Python from 3.11 on; name one to choose it. (Ubuntu 22.04's python3.11 is 3.11.0rc1, which its pip
# does not know how to compare with 3.12.)
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do "$$python" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11) or sys.version_info.releaselevel != "final")' 2>/dev/null && { echo "$$python"; break; }; done)
# Whose numbers, if not those that course.toml names: `primer`, or a name of your own for drawn ones.
VARIANT ?=
WITH_VARIANT = $(if $(VARIANT),--variant $(VARIANT))
CHAPTERS ?=
# What notebooks tell on request, if not what course.toml says: `hint`, or after the due date `idea`.
HINTS ?=
WITH_HINTS = $(if $(HINTS),--hints $(HINTS))
# The release that `make diff` compares with, if not the branch `student`: a branch or commit, a folder or a zip.
AGAINST ?=
# Whose sample submissions `make` grades.
SAMPLES ?= ch01_vectors ch06_softmax ch10_attention
# A class's own work and grades: never where the samples and theirs are.
SUBMISSIONS ?= submissions
OUT ?= grades
BIN := .venv/bin

.DEFAULT_GOAL := all
.PHONY: all help quick pictures test-hostile test-browser test-newest test-container build check diff publish site verify mutants gaps messages samples grade report bench large-class hostile odd test lint lock clean

all: build samples ## set up, build the course, and grade sample submissions with what was built
	@$(BIN)/autograder grade dist/samples --out dist/sample-grades

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  VARIANT=name     whose numbers (now: $(or $(VARIANT),what course.toml says))"
	@echo "  HINTS=hint|idea  what notebooks tell on request (now: $(or $(HINTS),what course.toml says))"
	@echo "  CHAPTERS='a b'   only these chapters (now: $(or $(CHAPTERS),all))"
	@echo "  SUBMISSIONS=dir  what 'make grade' grades (now: $(SUBMISSIONS)), into OUT=dir (now: $(OUT))"

.venv/ready: requirements.lock pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { echo "error: no released Python from 3.11 on is here$(if $(PYTHON), ($(PYTHON))); install one, or name it: make PYTHON=/path/to/python3"; exit 2; }
	@echo "setting up .venv from requirements.lock (once, a few minutes)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements.lock > .venv/install.log 2>&1 || { tail -20 .venv/install.log; exit 1; }
	@$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . >> .venv/install.log 2>&1 || { tail -20 .venv/install.log; exit 1; }
	@touch $@

build: .venv/ready ## build student/ and dist/ from assignments/ and solutions/
	@$(BIN)/autograder build $(CHAPTERS) $(WITH_VARIANT) $(WITH_HINTS)

check: .venv/ready ## compare what is committed in student/ with a fresh build
	@$(BIN)/autograder build --check $(CHAPTERS) $(WITH_VARIANT) $(WITH_HINTS)

diff: .venv/ready ## say what changed for students since the last release, or since AGAINST
	@$(BIN)/autograder diff $(CHAPTERS) $(WITH_VARIANT) $(if $(AGAINST),--against "$(AGAINST)")

verify: .venv/ready ## prove every check against right and wrong answers
	@$(BIN)/autograder verify $(CHAPTERS)

mutants: .venv/ready ## prove that the checks notice any small change to a reference
	@$(BIN)/autograder mutants $(CHAPTERS)

gaps: .venv/ready ## find wrong answers that pass every check, and right ones that a check refuses
	@$(BIN)/autograder gaps $(CHAPTERS)

messages: build ## write what each known wrong answer is told to dist/messages.md, to be read
	@$(BIN)/autograder messages $(CHAPTERS)

publish: build ## bring the branches student and solutions, and dist/release, up to date
	@$(BIN)/autograder publish

site: build ## write the chapters as plain pages to read, into dist/site
	@$(BIN)/autograder site

pictures: build ## take the README's pictures anew, into docs/pictures (needs Chromium)
	@$(BIN)/python docs/take_pictures.py

samples: .venv/ready
	@rm -rf dist/samples && $(BIN)/autograder samples $(or $(CHAPTERS),$(SAMPLES)) $(WITH_VARIANT) --out dist/samples

grade: .venv/ready ## grade the submissions in SUBMISSIONS into OUT
	@$(BIN)/autograder grade $(SUBMISSIONS) --out $(OUT)

report: .venv/ready ## show what a class misunderstood, from the results in OUT
	@$(BIN)/autograder report $(OUT)

bench: .venv/ready .venv-nbgrader/ready ## measure grading against stock Otter, nbgrader and a bare fork, as ratios
	@$(BIN)/python benchmarks/bench.py

large-class: .venv/ready ## take 300 made-up students through all chapters, and hold the report against the truth (STUDENTS=N)
	@$(BIN)/python benchmarks/large_class.py $(STUDENTS)

hostile: .venv/ready ## grade the hostile submissions here and with stock Otter, side by side
	@$(BIN)/python benchmarks/hostile.py

odd: .venv/ready ## judge odd notebooks here, in a real kernel and with stock Otter, side by side (CASES=all for all)
	@CASES=$(CASES) $(BIN)/python benchmarks/odd_notebooks.py

.venv-nbgrader/ready: benchmarks/nbgrader.lock
	@echo "setting up .venv-nbgrader from benchmarks/nbgrader.lock (once, for the comparison)"
	@$(PYTHON) -m venv .venv-nbgrader
	@.venv-nbgrader/bin/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r benchmarks/nbgrader.lock > .venv-nbgrader/install.log 2>&1 || { tail -20 .venv-nbgrader/install.log; exit 1; }
	@touch $@

quick: .venv/ready ## build, prove and check the chapters in CHAPTERS, and run the tests that speak of them
	@[ -n "$(CHAPTERS)" ] || { echo "name a chapter: make quick CHAPTERS=ch06_softmax"; exit 2; }
	@$(BIN)/autograder build $(CHAPTERS) $(WITH_VARIANT) $(WITH_HINTS)
	@$(BIN)/autograder verify $(CHAPTERS) $(WITH_VARIANT)
	@$(BIN)/python -m pytest -n 0 $(foreach chapter,$(CHAPTERS),$(wildcard tests/references/test_$(chapter).py tests/prose/test_$(chapter).py))

test: .venv/ready lint ## run the tests
	@echo "tests, two at a time, for some minutes; apart from them: make test-hostile, test-browser, test-newest, test-container"
	@$(BIN)/python -m pytest

test-hostile: .venv/ready ## run the attacks in every sandbox
	@$(BIN)/python -m pytest -m hostile tests/test_hostile.py

test-browser: .venv/ready ## run what drives a real browser (needs Chromium)
	@$(BIN)/python -m pytest -n 0 -m browser tests/browser

# The newest Python here, if it is newer than the one .venv has: on the path, or one that pyenv keeps.
NEWEST = $(shell for python in python3.14 python3.13 python3.12 $$(ls -d "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 2>/dev/null | sort -rV); do "$$python" -c 'import venv' 2>/dev/null && { echo "$$python"; break; }; done)
FAST_TESTS = tests/references tests/test_checking.py tests/test_judging.py tests/test_cells.py tests/test_passes.py \
	tests/test_feedback.py tests/test_declarations.py tests/test_domains.py tests/test_reading_cells.py tests/test_reading_files.py

test-newest: .venv/ready ## run the fast tests on the newest Python that is here
	@[ -n "$(NEWEST)" ] || { echo "no Python newer than .venv's is here: nothing to run"; exit 0; }; \
	set -e; \
	if ! cmp -s requirements.lock .venv-newest/requirements.lock; then \
		echo "setting up .venv-newest with $(NEWEST)"; rm -rf .venv-newest; "$(NEWEST)" -m venv .venv-newest; \
		.venv-newest/bin/python -m pip install --disable-pip-version-check --progress-bar off --require-hashes -r requirements.lock > .venv-newest/install.log 2>&1 || { tail -20 .venv-newest/install.log; exit 1; }; \
		.venv-newest/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . >> .venv-newest/install.log 2>&1 || { tail -20 .venv-newest/install.log; exit 1; }; \
		cp requirements.lock .venv-newest/requirements.lock; \
	fi; \
	.venv-newest/bin/python -m pytest $(FAST_TESTS)

test-container: .venv/ready ## set up and grade as in a Gradescope container, SUITES="bookworm noble" (needs root, debootstrap, a network)
	@$(if $(SUITES),SUITES="$(SUITES)") $(BIN)/python -m pytest -n 0 -s -rs -m container tests/test_container.py

lint: .venv/ready ## style and types
	@echo "style and types"
	@$(BIN)/ruff check . && $(BIN)/ruff format --check -q . && $(BIN)/mypy

lock: .venv/ready ## renew requirements.lock (needs uv)
	@uv pip compile pyproject.toml --extra dev --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet --output-file requirements.lock
	@$(BIN)/python -m autograder.course.packages grader | uv pip compile - -c requirements.lock --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet --output-file autograder/publish/gradescope/requirements.lock
	@# The pip of Ubuntu 22.04 finds its Python 3.11.0rc1 neither below nor above 3.12; its X.Y it compares well.
	@sed -i.old 's/python_full_version/python_version/' autograder/publish/gradescope/requirements.lock && rm autograder/publish/gradescope/requirements.lock.old
	@uv pip compile benchmarks/nbgrader.in -c requirements.lock --generate-hashes --universal --python-version 3.11 --no-header --no-annotate --quiet --output-file benchmarks/nbgrader.lock

clean: ## remove what was built, and .venv
	rm -rf dist build .venv .venv-nbgrader .venv-newest .venv-student *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
