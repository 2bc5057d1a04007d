# The two commands for a fresh machine with Swift 6.1 or later: `make demo` and `make test`.
SHELL := /bin/bash
SEEDS ?= 10000
SECONDS ?= 60
# Tests look inside the targets too; one set of flags, so that switching commands builds nothing anew.
FLAGS := -c release -Xswiftc -enable-testing
BUILD := swift build $(FLAGS)
# In CI a warning in this package fails the build.
export MESHKIT_STRICT := $(if $(CI),1,0)

.PHONY: demo test soak fuzz outside clients setup build format lint bench embed clean

## demo: build, then roll a good and a bad release out on two embedded clusters
demo: build
	@Examples/demo.sh .build/release/meshctl

## test: everything that must hold, in a release build; the first build takes some minutes
test: setup lint
	$(BUILD) --build-tests
	swift test $(FLAGS) --skip-build
	Tests/Outside/run.sh .build/release/meshctl
	Tests/Clients/run.sh .build/release/meshctl
	@$(MAKE) --no-print-directory embed
	Examples/demo.sh .build/release/meshctl > .build/demo.log 2>&1 || { cat .build/demo.log; exit 1; }
	.build/release/soak 1 1000

## soak: more seeds, as in make soak SEEDS=100000
soak: setup
	$(BUILD) --product soak
	.build/release/soak 1 $(SEEDS)

## fuzz: the YAML reader for a minute, or make fuzz SECONDS=600
fuzz: setup
	Tests/Fuzz/run.sh $(SECONDS)

## outside: the rendered example judged by tools that are not ours
outside: setup
	$(BUILD) --product meshctl
	Tests/Outside/run.sh .build/release/meshctl

## clients: kubectl, the Python client and recorded exchanges against an embedded cluster on its port
clients: setup
	$(BUILD) --product meshctl
	Tests/Clients/run.sh .build/release/meshctl

## embed: build and run the example of an internal tool that imports MeshKit
embed: setup
	MESHKIT_STRICT=0 swift build --package-path Examples/embed --scratch-path .build-embed
	Examples/embed.sh .build-embed/debug/embed

## bench: figures as ratios, see Benchmarks/README.md
bench: setup
	$(BUILD)
	Benchmarks/run.sh .build/release

build: setup
	$(BUILD) --product meshctl

setup:
	@.ci/setup

format:
	swift format -i -p -r --configuration .swift-format Package.swift Sources Tests Examples

lint:
	swift format lint --strict -p -r --configuration .swift-format Package.swift Sources Tests Examples

clean:
	rm -rf .build .build-embed .build-fuzz
