# Everything from a fresh clone: needs git, make, any Python 3 with venv, and a package index.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PORT ?= 5005
ACTIONS_PORT ?= 5055
export PORT ACTIONS_PORT
# STOCK=1: Rasa as it is, without what server/ changes of it; STOCK=name,name without these (docs/rasa.md).
export RASA_STOCK := $(or $(STOCK),$(RASA_STOCK))

PYTHON3 ?= python3
# With ASSISTANT=folder commands are for the article in that folder (make new-assistant).
PYTHON := $(if $(ASSISTANT),tools/python,.venv/bin/python)
export ASSISTANT
# The Python of the environment that trains the reader; another one from 3.10 on where it is missing.
READER_PYTHON ?= 3.11
# SHA-256 of PyTorch's CPU build for it (see requirements/reader.in).
TORCH_CPU := 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b
UV := .uv/bin/uv
export UV_LINK_MODE ?= copy
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3

.PHONY: help install chat serve restart rollback widget pictures train test check parts played lint
.PHONY: validate test-outside test-inside
.PHONY: new-assistant draft check-content report review preview replay coverage new-topic
.PHONY: report-nlu bench-nlu bench purge backup restore scale-test capacity bench-store reader reading
.PHONY: untested audit sbom release lock clean

# A question may hold quotes and dollars: the shell gets it as a variable, not as text of a command,
# and make takes it as it was typed, not as names of its own ("$500").
override Q := $(value Q)
export Q
STORE = $(if $(ENDPOINTS),--endpoints "$(ENDPOINTS)") $(if $(FROM),--from "$(FROM)") $(if $(TO),--to "$(TO)")

PARTS := $(addprefix tests/,house documentation content dialogue actions reading benchmarks tools) \
  $(addprefix --ignore=tests/,documentation/test_transcript.py reading/test_training.py reading/test_weights.py)
OUTSIDE := $(addprefix tests/,article browser deploy install reading)
PLAYED := tests/nlu tests/components $(addprefix tests/server/test_,conversations.py dialogues.py wordings.py)

##@ Run it
help: ## list the targets
	@awk -F ':.*## ' '/^##@ / { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  %-14s%s\n", $$1, $$2 }' \
	  $(MAKEFILE_LIST)

chat: .venv/runtime ## install, train if needed, and talk to the assistant in the Rasa shell
	@$(PYTHON) -m tools.launch chat

serve: .venv/runtime ## the web chat on http://127.0.0.1:5005 (PORT=, CREDENTIALS=file, ENDPOINTS=file)
	@exec $(PYTHON) -m tools.launch serve $(if $(ENDPOINTS),--endpoints "$(ENDPOINTS)") \
	  $(if $(CREDENTIALS),--credentials "$(CREDENTIALS)")

train: .venv/runtime ## train a model if something has changed (FORCE=1: in any case)
	@$(PYTHON) -m tools.train $(if $(FORCE),--force)

restart: .venv/runtime ## hand a running `make serve` over to the model that was trained last (PORT=)
	@$(PYTHON) -m tools.handover

rollback: .venv/runtime ## go back to the model before (TO=name, LIST=1); the last five are kept
	@$(PYTHON) -m tools.models $(if $(TO),--to "$(TO)") $(if $(LIST),--list)

##@ Check a change
test: .venv/dev $(if $(ASSISTANT),,lint) validate ## all tests (JOBS=2: in two halves at a time); of an assistant beside this one, its own
	@$(PYTHON) -m tools.train
ifdef ASSISTANT
	@$(PYTHON) -m pytest --rootdir "$(CURDIR)" -c "$(CURDIR)/pyproject.toml" "$(CURDIR)/tests/article"
else ifdef JOBS
	@$(MAKE) --no-print-directory -j$(JOBS) --output-sync=target test-outside test-inside
else
	@$(PYTHON) -m pytest
endif

# What waits for browsers, installers and trainings, beside what has servers of its own: each half has
# about as much to do, and neither uses what the other one starts.
test-outside: .venv/dev
	@$(PYTHON) -m pytest $(OUTSIDE)

test-inside: .venv/dev
	@$(PYTHON) -m pytest tests $(addprefix --ignore=,$(OUTSIDE))

# Two at a time, the longest first.
check: .venv/dev ## under a minute: style, types, content, parts without servers, scripted conversations
	@$(PYTHON) -m tools.train
	@$(MAKE) --no-print-directory -j2 --output-sync=target parts played lint validate

parts: .venv/dev ## the tests of parts that need neither a model nor a server
	@$(PYTHON) -m pytest $(PARTS)

played: .venv/dev ## the pipeline, and scripted conversations without a server (what was read is kept in .run)
	@$(PYTHON) -m pytest $(PLAYED)

lint: .venv/dev ## code style and types
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

validate: .venv/dev ## content, domain and training data, warnings as faults
	@$(PYTHON) -m keepers.validate

##@ The web chat
widget: ## build the web chat: widget/dist, and widget/package for bundlers (needs Node 18 or later, npm)
	@cd widget && npm ci --silent && npm run --silent check && npm run --silent build

pictures: .venv/dev ## docs/pictures of the web chat, taken from a running `make serve`
	@$(PYTHON) -m tools.widget_pictures http://127.0.0.1:$(PORT)

##@ What visitors asked: reports and reviews
report: .venv/runtime ## what visitors asked and were told, counted (FROM=, TO=: days; ENDPOINTS=file)
	@$(PYTHON) -m keepers.report $(STORE)

review: .venv/runtime ## judge and mend replies (ONLY=down,wrong, LIST=1, GROUPS=1; FROM=, TO=, ENDPOINTS=)
	@$(PYTHON) -m keepers.review $(STORE) $(if $(ONLY),--only "$(ONLY)") $(if $(LIST),--list) \
	  $(if $(GROUPS),--groups)

preview: .venv/runtime ## why Q="..." is answered so; all of TOPIC=id; replies to talks of FILE=
	@$(PYTHON) -m keepers.preview $(if $(TOPIC),--topic "$(TOPIC)") $(if $(FILE),--talks "$(FILE)") \
	  -- $(if $(Q),"$$Q")

replay: .venv/runtime ## what an edited copy CONTENT=folder would change (MOST=200; FROM=, TO=, ENDPOINTS=)
	@$(PYTHON) -m keepers.replay $(STORE) $(if $(CONTENT),--content "$(CONTENT)") \
	  $(if $(MOST),--most "$(MOST)")

##@ Write the content
coverage: .venv/runtime ## what the content leaves out, and what was long not reviewed (MONTHS=12)
	@$(PYTHON) -m keepers.coverage $(if $(MONTHS),--months "$(MONTHS)")

new-assistant: .venv/runtime ## begin one for another article: DIR=folder (STATEMENTS=file.json to start from)
	@$(PYTHON) -m keepers.new_assistant $(if $(STATEMENTS),--statements "$(STATEMENTS)") -- "$(DIR)"

draft: .venv/runtime ## statements of ARTICLE=file (text or Markdown), to be gone over by an editor (OUT=)
	@$(PYTHON) -m keepers.draft_article $(if $(OUT),--out "$(OUT)") -- "$(ARTICLE)"

check-content: .venv/runtime ## faults of the content, and what an editor could make better
	@$(PYTHON) -m keepers.check_content

new-topic: .venv/runtime ## begin a topic: ID=name, KIND=topic, grid (of each role) or gap
	@$(PYTHON) -m keepers.new_topic $(if $(KIND),--kind "$(KIND)") -- "$(ID)"

##@ Keep conversations
purge: .venv/runtime ## delete conversations that nobody has continued for DAYS=... (ENDPOINTS=file)
	@$(PYTHON) -m tools.purge "$(DAYS)" $(if $(ENDPOINTS),--endpoints "$(ENDPOINTS)")

backup: .venv/runtime ## copy all conversations to FILE=..., also while servers run (ENDPOINTS=file)
	@$(PYTHON) -m tools.backup save "$(FILE)" $(if $(ENDPOINTS),--endpoints "$(ENDPOINTS)")

restore: .venv/runtime ## put a copy FILE=... in their place (REPLACE=1: lose them; ENDPOINTS=file)
	@$(PYTHON) -m tools.backup restore "$(FILE)" $(if $(REPLACE),--replace) \
	  $(if $(ENDPOINTS),--endpoints "$(ENDPOINTS)")

##@ Measure it, and train the reader
report-nlu: .venv/dev ## intents and refusals on questions that no training file has (PICTURES=folder)
	@$(PYTHON) -m benchmarks.holdout $(if $(PICTURES),--pictures "$(PICTURES)")

bench-nlu: .venv/dev ## intents on any data set, DATA=folder with train.yml, test.yml (BASELINE=1: Rasa's, too)
	@$(PYTHON) -m benchmarks.nlu $(if $(DATA),"$(DATA)") $(if $(BASELINE),--baseline)

bench: .venv/dev ## time and memory beside Rasa's suggested bot and a bare one (SHORT=1, EPOCHS=, TURNS=)
	@$(PYTHON) -m benchmarks.comparison $(if $(SHORT),--short) \
	  $(if $(EPOCHS),--epochs "$(EPOCHS)") $(if $(TURNS),--turns "$(TURNS)")

scale-test: .venv/dev ## two servers behind nginx, PostgreSQL, Redis; parts killed and hung (SHORT=1: quick)
	@$(PYTHON) -m benchmarks.scale $(if $(SHORT),--short)

capacity: .venv/dev ## what a core, a server and a database carry, measured (docs/capacity.md)
	@$(PYTHON) -m benchmarks.capacity

bench-store: .venv/dev ## the database's part at 100,000 to 10 million events (EVENTS="10000 20000")
	@$(PYTHON) -m benchmarks.database $(if $(EVENTS),--events $(EVENTS))

reading: .venv/runtime ## how well the reader reads articles of DATA=folder, each and in all
	@$(PYTHON) -m reading $(if $(DATA),"$(DATA)")

reader: $(if $(HEADS),.venv/runtime,.venv-reader/ready) ## train the reader: hours (START=weights to go on from, PASSES=, PROCESSES=, SECONDS_=); HEADS=1: seconds
ifdef HEADS
	@$(PYTHON) -m reading.training.heads
else
	@.venv-reader/bin/python -m reading.training $(if $(PASSES),--passes "$(PASSES)") \
	  $(if $(PROCESSES),--processes "$(PROCESSES)") $(if $(SECONDS_),--seconds "$(SECONDS_)") \
	  $(if $(START),--start "$(START)")
endif

untested: .venv/dev ## lines that no test of the parts without servers runs; too many are a fault
	@$(PYTHON) -m coverage run -m pytest $(PARTS) tests/components
	@$(PYTHON) -m coverage report

##@ Install and release
audit: .venv/dev .venv-tools/ready ## what is publicly known of the locked packages, beside what was reviewed
	@$(PYTHON) -m tools.audit

sbom: .venv-tools/ready ## a CycloneDX list of all locked packages, with their hashes: .run/sbom.json
	@mkdir -p .run && .venv-tools/bin/cyclonedx-py requirements --output-reproducible \
	  --output-file .run/sbom.json requirements/runtime.txt && echo .run/sbom.json

release: .venv/dev ## check and tag VERSION=1.2.3, the newest one of CHANGELOG.md; runs all tests
	@.venv/bin/python -m tools.release --check -- "$(VERSION)"
	@$(MAKE) --no-print-directory test
	@.venv/bin/python -m tools.release -- "$(VERSION)"

install: .venv/dev ## everything that the other targets need
	$(no_samples)

lock: $(UV) ## compile the hashed lock files anew from requirements/*.in
	@for name in runtime dev uv; do \
	  $(UV) pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header \
	    --no-annotate --no-emit-index-url --no-emit-find-links \
	    --override requirements/overrides.txt --excludes requirements/excludes.txt \
	    requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done
	@$(UV) pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links \
	  requirements/tools.in --output-file requirements/tools.txt
	@set -o pipefail; $(UV) pip compile --quiet --universal --python-version 3.10 \
	  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  --excludes requirements/reader-excludes.txt requirements/reader.in \
	  | awk '{ print } /^torch==/ { print "    --hash=sha256:$(TORCH_CPU) \\" }' \
	  > requirements/reader.txt

clean: ## remove what was installed, trained and logged
	@cd "$(or $(ASSISTANT),.)" && rm -rf $(if $(ASSISTANT),,.venv .venv-reader .venv-tools .uv) .run .rasa models results

# A small environment for uv alone, which then finds or fetches Python 3.10. What pip is told from
# outside holds for where packages come from (index, proxy), not for where they go (user, target).
PIP := .uv/bin/python -m pip --quiet --disable-pip-version-check
$(UV): requirements/uv.txt
	@command -v $(PYTHON3) >/dev/null || { echo "make: $(PYTHON3) is missing: install Python 3." >&2; exit 1; }
	@echo "Installing uv ..."
	@$(PYTHON3) -m venv .uv 2>/dev/null || { echo "make: $(PYTHON3) has no venv: install it (Debian: python3-venv)." >&2; exit 1; }
	@$(PIP) download --require-hashes --dest .uv/packages -r $< \
	  && PIP_CONFIG_FILE=/dev/null $(PIP) --isolated install --require-hashes --no-index \
	    --find-links .uv/packages -r $< \
	  || { rm -rf .uv; echo "make: uv could not be installed: is the package index reachable?" >&2; exit 1; }
	@touch $@

# Rasa looks for test stories in all of this folder, its own samples in the environment among them.
no_samples := @rm -f .venv/lib/python*/site-packages/rasa/cli/initial_project/tests/test_stories.yml

define sync
	@test -x .venv/bin/python || $(UV) venv --quiet --python 3.10 .venv \
	  || { echo "make: no Python 3.10 was found, and none could be fetched." >&2; exit 1; }
	@echo "Installing packages (a minute or two the first time) ..."
	@$(UV) pip sync --quiet --python .venv/bin/python --compile-bytecode $(1) \
	  || { echo "make: the packages could not be installed: is the package index reachable?" >&2; exit 1; }
	$(no_samples)
endef

.venv/runtime: requirements/runtime.txt | $(UV)
	$(call sync,requirements/runtime.txt)
	@rm -f .venv/dev
	@touch $@

.venv/dev: requirements/dev.txt | $(UV)
	$(call sync,requirements/dev.txt)
	@touch .venv/runtime $@

# What checks the project from outside needs other releases than the assistant does.
.venv-tools/ready: requirements/tools.txt | $(UV)
	@$(UV) venv --quiet --clear --python '>=3.10' .venv-tools && echo "Installing tools ..." \
	  && $(UV) pip sync --quiet --python .venv-tools/bin/python requirements/tools.txt && touch $@

# By pip, not uv: pip's settings may name a folder with PyTorch's CPU build, which it prefers as long
# as it looks for no hash: so that is checked in a second step. The last one adds only what the build
# that was taken asks for besides; to the CPU build that is nothing.
.venv-reader/ready: requirements/reader.txt | $(UV)
	@$(UV) venv --quiet --clear --seed --python $(READER_PYTHON) .venv-reader 2>/dev/null \
	  || $(UV) venv --quiet --clear --seed --python '>=3.10' .venv-reader \
	  || { echo "make: no Python 3.10 or later was found, and none could be fetched." >&2; exit 1; }
	@echo "Installing PyTorch and what else trains the reader ..."
	@torch=.venv-reader/torch; pip=".venv-reader/bin/python -m pip -qq --disable-pip-version-check"; \
	  mkdir -p $$torch; sed -n '/^torch==/,/[^\]$$/p' $< > $$torch/torch.txt; \
	  release="$$(grep -o '^torch==[0-9.]*' $<)"; \
	  { $$pip download --no-deps --dest $$torch "$$release" \
	    && $$pip install --no-deps --require-hashes --no-index --find-links $$torch -r $$torch/torch.txt \
	    && $$pip install --no-deps --require-hashes -r $< \
	    && $$pip install "$$release"; } \
	  || { echo "make: the packages could not be installed: is the package index reachable?" >&2; exit 1; }
	@rm -r .venv-reader/torch
	@touch $@
