SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# sqlc and golangci-lint, in the versions that server/tools/go.mod names.
tool := go tool -modfile=server/tools/go.mod

.PHONY: help
help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The mini-program's tools, installed as its lock file says.
miniprogram := npm --prefix miniprogram --silent
packages := miniprogram/node_modules/.package-lock.json
$(packages): miniprogram/package.json miniprogram/package-lock.json
	@command -v npm >/dev/null || { echo "The mini-program needs Node 20 or newer with npm: please install it."; exit 1; }
	npm --prefix miniprogram ci --no-audit --no-fund

.PHONY: run
run: preview ## start the server on http://127.0.0.1:8080/ with demo data, a simulated WeChat and the mini-program
	go run ./server serve

.PHONY: preview
preview: $(packages) ## build the mini-program for the browser; a running server shows it at /preview/
	$(miniprogram) run preview

# The tests run three times over: on what is built in, watched for races; on real servers; and what needs a
# cluster on one. What is watched costs ten times as much, so there -short has the property tests play fewer and
# shorter histories and the hostile input tests try a fifth of what they know at each call; the second run does
# it all. SQLite itself, C turned into Go, is not watched: that would make every query fifteen times slower.
# Where there is memory to write to, the databases live in it: the tests kill processes, not machines.
test: export TMPDIR := $(shell if [ -w /dev/shm ]; then echo /dev/shm; else echo $${TMPDIR:-/tmp}; fi)
.PHONY: test
test: ## bring what the tests need, and run them all
	server/tools/install-test-needs
	$(MAKE) test-miniprogram
	go test -race -short -gcflags='modernc.org/...=-race=false -d=checkptr=0' -timeout 20m ./server/...
	go run ./server/db/engine/cmd/engines -- go test -count=1 -p 2 -timeout 15m ./server/...
	go test -tags cluster -count=1 -timeout 15m ./server/cluster/...
	server/tools/try-readme

# The stories in a browser come last: they need the server and the preview.
.PHONY: test-miniprogram
test-miniprogram: preview ## only the mini-program's tests: units, the preview's runtime, the stories in a browser
	$(miniprogram) run unit
	$(miniprogram) run test:preview
	$(miniprogram) run e2e

.PHONY: verify
verify: $(packages) ## check format, lint, types, generated files and modules; changes nothing
	$(tool) golangci-lint run ./...
	$(tool) sqlc diff -f sql/sqlc.yaml
	go run ./server openapi | diff -u server/openapi.json -
	node miniprogram/scripts/generate-services.mjs --check
	$(miniprogram) run types
	$(miniprogram) run lint
	$(miniprogram) run templates
	go mod tidy -diff
	go mod verify
	go -C server/tools mod tidy -diff
	go -C server/tools mod verify
	go -C server/bench/pocketbase mod tidy -diff
	go -C server/bench/pocketbase mod verify

.PHONY: bench
bench: ## measure what the product is about under load, side by side, on both engines (20 minutes)
	go test -run '^TestStatementsOfTheMostUsedCalls$$' -count=1 -v ./server/app
	go test -run '^$$' -bench . ./server/points
	go run ./server/bench
	go run ./server/db/engine/cmd/engines -- go run ./server/bench

.PHONY: bench-large
bench-large: ## the same on a ledger of 5 million entries (hours)
	go run ./server/bench --entries 5000000
	go run ./server/db/engine/cmd/engines -- go run ./server/bench --entries 5000000

.PHONY: generate
generate: $(packages) ## write what is generated: the queries' code, the API's description and its callers
	$(tool) sqlc generate -f sql/sqlc.yaml
	go run ./server openapi > server/openapi.json.new
	mv server/openapi.json.new server/openapi.json
	node miniprogram/scripts/generate-services.mjs
