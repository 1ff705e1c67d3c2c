# trainfree: `make report` and `make test` are all a newcomer needs.
#
# TRAINFREE_DATA names a folder with a local copy of the public data (layout: data/README.md). It defaults to
# ../shared/data when that is there; without it, data is fetched into the cache and dataset-backed tests are skipped.

SWIFT ?= swift
SOURCES = Package.swift Sources Tests
TRAINFREE = .build/release/trainfree
export TRAINFREE_DATA ?= $(wildcard $(CURDIR)/../shared/data)

.PHONY: report test build dependencies format lint check docs analyses bench accessibility install clean

## report: install what is missing, build, run the quick analysis and say where its report is
report: build
	$(TRAINFREE) run analyses/quickstart.yaml

## test: install what is missing and run every test
test: dependencies
	$(SWIFT) build --product trainfree
	$(SWIFT) test

## build: the release binaries
build: dependencies
	$(SWIFT) build -c release --product trainfree
	$(SWIFT) build -c release --product trainfree-bench

dependencies:
	@scripts/install-dependencies

## format: rewrite the sources in the house format
format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

## lint: format, imports against the manifest, file lengths
lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	python3 scripts/check-imports.py
	python3 scripts/check-sources.py

## check: every shipped analysis passes `check`, schema and generated documents are current
check: build
	$(TRAINFREE) check analyses/*.yaml
	$(TRAINFREE) check --schema | cmp - data/schema/analysis.schema.json

## docs: write the generated documents anew
docs: build
	$(TRAINFREE) check --schema > data/schema/analysis.schema.json

## analyses: run every shipped analysis
analyses: build
	for analysis in analyses/*.yaml; do $(TRAINFREE) run --force "$$analysis" || exit 1; done

## bench: measure, against the machine's own limit
bench: build
	.build/release/trainfree-bench

## accessibility: look at the reports' pages with a checker in a headless browser
accessibility:
	scripts/accessibility/check.sh reports/*/index.html

PREFIX ?= /usr/local
## install: the binary and what it reads
install: build
	install -D $(TRAINFREE) $(DESTDIR)$(PREFIX)/bin/trainfree
	mkdir -p $(DESTDIR)$(PREFIX)/share/trainfree
	cp -r templates data analyses $(DESTDIR)$(PREFIX)/share/trainfree/

clean:
	rm -rf .build .trainfree
