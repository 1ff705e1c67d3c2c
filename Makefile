# trainfree: `make report` and `make test` are all a newcomer needs.
#
# TRAINFREE_DATA names a folder with a local copy of the public data (layout: data/README.md). It defaults to
# ../shared/data when that is there; without it, data is fetched into the cache and dataset-backed tests are skipped.

SWIFT ?= swift
SOURCES = Package.swift Sources Tests
TRAINFREE = .build/release/trainfree
export TRAINFREE_DATA ?= $(wildcard $(CURDIR)/../shared/data)
# Analyses that measure for many minutes: not part of `analyses`; CI measures a few of their runs instead.
LONG = analyses/rnn-recomputed.yaml analyses/rnn-variance.yaml analyses/transformers-recomputed.yaml analyses/proxies-gpt2.yaml \
	analyses/variation-transformers.yaml
ANALYSES = $(filter-out $(LONG),$(wildcard analyses/*.yaml))
RUN = $(TRAINFREE) run
# The Swift runtime is linked in, so that the binary runs where there is no Swift; its downloads are libcurl's.
RELEASE = $(SWIFT) build -c release --static-swift-stdlib -Xlinker -lcurl

.PHONY: report test build dependencies format lint check docs analyses audit long-analyses spot-check bench browser-check accessibility site check-slurm install package check-package clean

## report: install what is missing, build, run the quick analysis and say where its report is
report: build
	$(RUN) analyses/quickstart.yaml

## test: install what is missing and run every test
test: dependencies
	$(SWIFT) build --product trainfree
	$(SWIFT) test

## build: the release binaries
build: dependencies
	$(RELEASE) --product trainfree
	$(RELEASE) --product trainfree-bench

dependencies:
	@scripts/install-dependencies

## format: rewrite the sources in the house format
format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

## lint: format, imports against the manifest, file lengths, days of claims against the history, versions, scripts
lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	python3 scripts/check-imports.py
	python3 scripts/check-sources.py
	python3 scripts/check-registered.py
	scripts/version --check
	scripts/check-scripts

## check: every shipped analysis and claims file passes `check`, schema and generated documents are current
check: build
	$(TRAINFREE) check analyses/*.yaml
	$(TRAINFREE) check data/claims/*.yaml
	$(TRAINFREE) check --schema | cmp - data/schema/analysis.schema.json
	$(TRAINFREE) check --claims-schema | cmp - data/schema/claims.schema.json
	$(TRAINFREE) check --keys docs/analyses.md | cmp - docs/analyses.md

## docs: write the generated documents anew
docs: build
	$(TRAINFREE) check --schema > data/schema/analysis.schema.json
	$(TRAINFREE) check --claims-schema > data/schema/claims.schema.json
	$(TRAINFREE) check --keys docs/analyses.md > docs/analyses.md.new && mv docs/analyses.md.new docs/analyses.md

## analyses: run every shipped analysis but the long ones
analyses: build
	for analysis in $(ANALYSES); do $(RUN) --force "$$analysis" || exit 1; done

## audit: judge the claims of every shipped analysis but the long ones
audit: build
	$(TRAINFREE) audit $(ANALYSES)

## long-analyses: run those, 10 to 30 minutes on two cores; what the store has measured is not measured again
long-analyses: build
	for analysis in $(LONG); do $(RUN) "$$analysis" || exit 1; done

## spot-check: measure a few runs of the long analyses anew and compare them with the committed reports
spot-check: build
	failed=0; for report in $(LONG:analyses/%.yaml=reports/%); do scripts/spot-check.py $$report || failed=1; done; \
	exit $$failed

## bench: measure, against the machine's own limit
bench: build
	.build/release/trainfree-bench

## browser-check: hold the reports' pages against what a reader may expect, in headless Chromium where it is installed
browser-check:
	scripts/browser-check.py reports/*/index.html

## accessibility: look at the reports' pages with a checker in a headless browser
accessibility:
	scripts/accessibility/check.sh reports/*/index.html

SITE ?= .build/site
BASE_URL ?= https://example.org/audits/
## site: make a site of the committed reports in SITE, and follow every link of it
site: build
	$(TRAINFREE) site reports --out $(SITE) --base-url $(BASE_URL) --hero audit-transformers/survivors $(SITE_OPTIONS)
	scripts/check-site.py $(SITE)
	scripts/browser-check.py $(addprefix $(SITE)/,index.html claims.html metrics.html metrics/snip.html data.html docs/tour.html \
	  docs/comparison.html changes.html search.html 404.html r/quickstart/index.html r/audit-lpzero/figures/survivors.html)

## check-slurm: measure by a real Slurm on this machine, kill workers, controller and submitting process, compare the reports
check-slurm: build
	scripts/check-slurm --install $(SLURM_OPTIONS)

PREFIX ?= /usr/local
## install: the binary and what it reads, man pages and completions
install: build
	packaging/install $(TRAINFREE) $(PREFIX) $(DESTDIR)

## package: a Debian package in .build/package
package: build
	packaging/build-deb $(TRAINFREE)

## check-package: install the package in a fresh Debian without Swift, use it there, take it away; needs root and debootstrap
check-package: package
	scripts/check-package

clean:
	rm -rf .build .trainfree
