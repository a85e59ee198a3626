# ipcscope: `make run` and `make test` set up everything they need. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
OUT := out
CONFIGURATION ?= Release
PREFIX ?= /usr/local

CLANG := $(firstword $(foreach v,-19 -20 -18 -17 -16 -15 -14 ,$(shell command -v clang$(v) 2>/dev/null)))
STRIP := $(firstword $(foreach v,-19 -20 -18 -17 -16 -15 -14 ,$(shell command -v llvm-strip$(v) 2>/dev/null)))
CLANG_FORMAT := $(firstword $(foreach v,-19 -20 -18 -17 -16 -15 -14 ,$(shell command -v clang-format$(v) 2>/dev/null)))

# Of another machine's binary the parts are in a folder of its own: make image ARCH=arm64, docs/kubernetes.md.
HERE := $(subst aarch64,arm64,$(subst x86_64,x86,$(shell uname -m)))
ARCH := $(HERE)
BINARIES := $(if $(filter $(HERE),$(ARCH)),$(OUT),$(OUT)/$(ARCH))
CROSS := $(if $(filter-out $(HERE),$(ARCH)),-p:CppCompilerAndLinker=$(CLANG) -p:ObjCopyName=$(subst strip,objcopy,$(STRIP)))
RID := $(if $(filter arm64,$(ARCH)),linux-arm64,linux-x64)
BPF_SOURCES := maps mq sysv_msg sysv_sem sysv_shm shm open futex signal process_vm uring syscall process snapshot in_flight \
	objects_sysv objects_mq objects_files objects_mappings map_requests
BPF_FILES := $(wildcard bpf/*.bpf.c bpf/include/*.h)
BPF_FLAGS := -target bpf -mcpu=v3 -O2 -g -Wall -Wextra -Wno-unused-parameter -Werror -Wpadded -Ibpf -Ibpf/include \
	-I/usr/include/$(shell uname -m)-linux-gnu
BPF_FORMS := ipcscope ipcscope-probe-read ipcscope-no-task-storage
BPF_OBJECTS = $(patsubst %,$(OUT)/bpf/%.$(1).bpf.o,$(BPF_FORMS))
define COMPILE_BPF
	@mkdir -p $(@D)
	printf '#include "%s.bpf.c"\n' $(BPF_SOURCES) | $(CLANG) $(BPF_FLAGS) -D__TARGET_ARCH_$* -x c - -c -o $@.full
	$(STRIP) -g -o $@ $@.full
endef
AGENT_FILES := $(shell find src/Agent -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*') src/Agent/Agent.csproj \
	Directory.Build.props Directory.Packages.props

DASHBOARD_FILES := $(shell find src/Dashboard -type f -not -path '*/obj/*' -not -path '*/bin/*' -not -path '*/node_modules/*' -not -path '*/dist/*') \
	$(wildcard src/Agent/Config/*.cs src/Agent/Listen/*.cs) Directory.Build.props Directory.Packages.props

.PHONY: help run demo build bpf test test-unit test-kernel test-kernels soak fuzz faults bench format format-check install image chart clean setup setup-test setup-vm

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' $(MAKEFILE_LIST) | column -t -s'|'

run: build ## Build, start agent and dashboard, print the link to open
	@deploy/run

demo: build ## The same, with lively processes to look at
	@$(MAKE) --no-print-directory -s -C tests/demo
	@deploy/run $(OUT)/demo/ipcscope-demo

build: setup $(BINARIES)/ipcscope $(BINARIES)/ipcscope-dashboard ## The native binaries: out/ipcscope, out/ipcscope-dashboard

bpf: setup $(foreach arch,x86 arm64,$(call BPF_OBJECTS,$(arch))) ## The eBPF objects of both architectures

# One translation unit: the programs share maps and inline functions, and libbpf 1.1 cannot link objects that call kfuncs.
$(OUT)/bpf/ipcscope.%.bpf.o: $(BPF_FILES) Makefile
	$(COMPILE_BPF)

# The same for kernels without bpf_rdonly_cast: bpf/include/kernel.h.
$(OUT)/bpf/ipcscope-probe-read.%.bpf.o: BPF_FLAGS += -DPROBE_READ
$(OUT)/bpf/ipcscope-probe-read.%.bpf.o: $(BPF_FILES) Makefile
	$(COMPILE_BPF)

# And for those before 6.1: bpf/include/form.h.
$(OUT)/bpf/ipcscope-no-task-storage.%.bpf.o: BPF_FLAGS += -DPROBE_READ -DNO_TASK_STORAGE
$(OUT)/bpf/ipcscope-no-task-storage.%.bpf.o: BPF_SOURCES := $(subst uring,uring_5_15,$(BPF_SOURCES))
$(OUT)/bpf/ipcscope-no-task-storage.%.bpf.o: $(BPF_FILES) Makefile
	$(COMPILE_BPF)

$(BINARIES)/ipcscope: $(call BPF_OBJECTS,$(ARCH)) $(AGENT_FILES)
	dotnet publish src/Agent -c $(CONFIGURATION) -r $(RID) -v q --nologo -p:BpfArchitecture=$(ARCH) $(CROSS) -o $(BINARIES)/publish
	install -m 755 $(BINARIES)/publish/ipcscope $@

$(BINARIES)/ipcscope-dashboard: $(DASHBOARD_FILES)
	dotnet publish src/Dashboard -c $(CONFIGURATION) -r $(RID) -v q --nologo $(CROSS) -o $(BINARIES)/publish-dashboard
	install -m 755 $(BINARIES)/publish-dashboard/ipcscope-dashboard $@

test: setup-vm ## Set up everything and run all tests; ends with "N passed, N failed"
	@tests/run

test-kernels: setup-vm build ## Boot other kernels by emulation and run the scenarios there; ends with "N passed, N failed"
	$(MAKE) -C tests/workloads
	@$(MAKE) --no-print-directory -C tests/vm

soak: build setup-test ## The agent beside stress-ng for MINUTES (20): is its memory flat, does its ledger add up?
	@tests/soak $(MINUTES)

fuzz: setup-test ## Property tests with other inputs, FUZZ_SECONDS (60) each
	IPCSCOPE_FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) dotnet test tests/Agent.Tests -c $(CONFIGURATION) --nologo --filter "FullyQualifiedName~Hostile"

faults: build setup-test ## Refuse each call of bpf(2) that a start makes, one after the other
	$(MAKE) -C tests/workloads
	FAULTS=all dotnet test tests/Kernel.Tests -c $(CONFIGURATION) --nologo --filter "FullyQualifiedName~RefusedCallTests"

bench: build setup-test ## What observation costs, beside other tools
	$(MAKE) -C tests/bench run IPCSCOPE=$(abspath $(OUT)/ipcscope)

format: setup ## Rewrite sources in the project's style
	$(CLANG_FORMAT) -i $(shell git ls-files '*.c' '*.h')
	dotnet format Agent.sln

format-check: setup ## Fail if a source is not in the project's style
	$(CLANG_FORMAT) --dry-run --Werror $(shell git ls-files '*.c' '*.h')
	dotnet format Agent.sln --verify-no-changes

install: build ## Install binary and completions under PREFIX (/usr/local), the systemd unit, and /etc/ipcscope/ipcscope.yaml if there is none
	@deploy/install $(OUT)/ipcscope '$(PREFIX)' '$(DESTDIR)'

image: build ## OCI images of agent and dashboard from scratch, their digests and what is in them: out/image
	@deploy/setup build image
	@deploy/image/build $(BINARIES)/ipcscope $(OUT)/image
	@deploy/image/build $(BINARIES)/ipcscope-dashboard $(OUT)/image

chart: $(OUT)/chart-tools/bin/helm ## Make Grafana's dashboards anew, check the chart and pack it: out/ipcscope-VERSION.tgz
	deploy/grafana/generate
	$< lint --strict deploy/helm/ipcscope
	$< package deploy/helm/ipcscope -d $(OUT)

$(OUT)/chart-tools/bin/helm: tests/Chart.Tests/tools/package-lock.json tests/Chart.Tests/tools/install
	tests/Chart.Tests/tools/install $(OUT)/chart-tools

clean: ## Remove what was built
	rm -rf $(OUT) src/*/bin src/*/obj tests/*/bin tests/*/obj tests/vm/Judge/bin tests/vm/Judge/obj tests/bench/harness/bin tests/bench/harness/obj

setup:
	@deploy/setup build

setup-test:
	@deploy/setup build test

setup-vm:
	@deploy/setup build test vm
