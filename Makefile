# Most targets call the set-up script, which needs only Python. Without make, call the script.
PYTHON ?= python3
ARGS ?=
SET_UP = $(PYTHON) alliance/set_up.py
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
       --no-emit-index-url --no-emit-find-links --no-header

.PHONY: run setup check test bench fault-runs lint lock

run:    ## install what is missing and serve the portal on 127.0.0.1 (PORT=8000)
	@$(SET_UP) run

setup:  ## install everything, the packages for tests included
	@$(SET_UP) setup

check:  ## the linters, and the tests of what changed since the last commit; under a minute
	@bash .ci/run check

test:   ## all tests: PostgreSQL, SQLite, browser (ARGS="tests/readers -k bullets")
	@$(SET_UP) test $(ARGS)

bench:  ## the benchmarks, as ratios measured in one run
	@$(SET_UP) bench $(ARGS)

fault-runs: ## a robot types while everything breaks; prints what was lost (N=1000, SEED=0)
	@$(SET_UP) fault-runs N=$(or $(N),20) SEED=$(or $(SEED),0) $(ARGS)

lint:   ## linters, missing migrations, incomplete catalogues
	@bash .ci/run lint

lock:   ## update the hash-locked requirements (needs uv)
	$(LOCK) $(ARGS) requirements.in -o requirements.txt
	$(LOCK) $(ARGS) requirements-test.in -o requirements-test.txt
