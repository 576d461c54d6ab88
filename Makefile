# Maqta. `make demo` needs nothing but Go; `make test` gets what else it needs.

FUZZTIME ?= 10s
LINT      = go tool -modfile=tools/go.mod
BIN       = bin/maqta
QUESTIONS = internal/eval/testdata/questions

.PHONY: all demo build test lint fuzz bench chaos eval charts vuln generate tools clean

all: build

demo: ## a web page on which you are citizen, owner and official
	go run . demo

build: ## one static binary
	CGO_ENABLED=0 go build -trimpath -o $(BIN) .

test: ## every test, with the race detector; ends with go test's own lines
	@tools/need
	@tools/test

lint: ## format, vet, linters, generated files
	@tools/lint

fuzz: ## every fuzz target for FUZZTIME
	@tools/fuzz $(FUZZTIME)

bench: build ## micro-benchmarks, then the whole binary against the emulator
	go test -run '^$$' -bench . -benchmem ./...
	go run ./internal/loadtest bench --bot $(BIN)

chaos: build ## kills the binary under load and counts what was lost
	go run ./internal/loadtest chaos --bot $(BIN)

eval: build ## counts the actions of a report, asks every question set, judges the answers
	go run ./internal/eval/cmd/actions handlers/testdata/actions.*.txtar
	go run ./internal/eval/cmd/eval -maqta $(BIN) -dev $(QUESTIONS)-dev.tsv -held $(QUESTIONS)-held.tsv $(QUESTIONS)-more.tsv $(QUESTIONS)-fresh.tsv

charts: ## every chart in three languages on one sheet
	go run ./internal/contactsheet

generate: ## Go from the language files
	go generate ./...

vuln: ## known holes in what we depend on; needs the network
	$(LINT) govulncheck ./...

tools: ## builds the linters, which takes minutes once
	$(LINT) gofumpt -version
	$(LINT) golangci-lint version

clean:
	rm -rf bin .ci/artifacts
