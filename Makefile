SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# sqlc and golangci-lint, in the versions that server/tools/go.mod names.
tool := go tool -modfile=server/tools/go.mod

.PHONY: help
help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: ## start the server on http://127.0.0.1:8080/ with demo data and a simulated WeChat
	go run ./server serve

# The tests run twice: on what is built in, watched for races, and on real servers, one package after
# the other because all share that Redis. Where there is memory to write to, their databases live in it:
# the tests kill processes, not machines. SQLite itself, C turned into Go, is not watched: that would make
# every query fifteen times slower.
test: export TMPDIR := $(shell if [ -w /dev/shm ]; then echo /dev/shm; else echo $${TMPDIR:-/tmp}; fi)
.PHONY: test
test: ## bring what the tests need, and run them all
	server/tools/install-test-needs
	go test -race -gcflags='modernc.org/...=-race=false -d=checkptr=0' -timeout 20m ./server/...
	go run ./server/db/engine/cmd/engines -- go test -count=1 -p 1 -timeout 15m ./server/...
	server/tools/try-readme

.PHONY: verify
verify: ## check format, lint, generated files and modules; changes nothing
	$(tool) golangci-lint run ./...
	$(tool) sqlc diff -f sql/sqlc.yaml
	go run ./server openapi | diff -u server/openapi.json -
	go mod tidy -diff
	go mod verify
	go -C server/tools mod tidy -diff
	go -C server/tools mod verify

.PHONY: generate
generate: ## write what is generated: the queries' code and the API's description
	$(tool) sqlc generate -f sql/sqlc.yaml
	go run ./server openapi > server/openapi.json.new
	mv server/openapi.json.new server/openapi.json
