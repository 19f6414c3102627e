package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
)

// A way to run the worker.
type way struct {
	// As a scenario's modes are called.
	mode string
	by   string
	// What runs it, and which of the files that build.sh made.
	command []string
}

type options struct {
	workers  string
	rounds   int
	seconds  float64
	qemu     string
	wasmtime string
}

// The architecture that is emulated, and what QEMU calls it.
var others = map[string][2]string{"amd64": {"arm64", "aarch64"}, "arm64": {"amd64", "x86_64"}}

// Native first; the others where their programs are there. WebAssembly is compiled once, into the folder.
func waysOf(o options, folder string) ([]way, map[string]string) {
	file := func(name string) string { return filepath.Join(o.workers, name) }
	ways := []way{{"native", runtime.GOARCH, []string{file("worker-linux-" + runtime.GOARCH)}}}
	versions := map[string]string{"go": runtime.Version()}
	add := func(w way, version string) {
		ways = append(ways, w)
		versions[w.by] = version
	}
	other := others[runtime.GOARCH]
	if qemu, version := find(o.qemu, "qemu-"+other[1], "qemu-"+other[1]+"-static"); qemu != "" {
		add(way{"emulated", "qemu-" + other[1], []string{qemu, file("worker-linux-" + other[0])}}, version)
	}
	if wasmtime, version := find(o.wasmtime, "wasmtime"); wasmtime != "" {
		compiled := filepath.Join(folder, "worker.cwasm")
		if said, err := exec.Command(wasmtime, "compile", file("worker.wasm"), "-o", compiled).CombinedOutput(); err == nil {
			add(way{"wasm", "wasmtime", []string{wasmtime, "run", "--allow-precompiled", compiled}}, version)
		} else {
			fmt.Fprintf(os.Stderr, "left out: wasmtime: %v: %s\n", err, said)
		}
	}
	if self, err := os.Executable(); err == nil {
		add(way{"wasm", "wazero", []string{self, wazeroCommand, folder, file("worker.wasm")}}, wazeroVersion())
	}
	return ways, versions
}

// The first of the programs that says its version.
func find(names ...string) (path, version string) {
	for _, name := range names {
		if name == "" {
			continue
		}
		said, err := exec.Command(name, "--version").Output()
		if number := regexp.MustCompile(`\d+\.\d+\.\d+`).Find(said); err == nil && number != nil {
			return name, string(number)
		}
	}
	fmt.Fprintln(os.Stderr, "left out, for it is not here:", names[len(names)-1])
	return "", ""
}

func wazeroVersion() string {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/tetratelabs/wazero" {
			return module.Version[1:]
		}
	}
	return "unknown"
}

type ran struct {
	cpuS   float64
	result string
}

// Runs so many steps of a kernel.
func (w way) run(kernel string, steps uint64) (ran, error) {
	args := append(append([]string{}, w.command[1:]...), "--kernel", kernel, "--steps", fmt.Sprint(steps))
	command := exec.Command(w.command[0], args...)
	var said, complained bytes.Buffer
	command.Stdout, command.Stderr = &said, &complained
	if err := command.Run(); err != nil {
		return ran{}, fmt.Errorf("%s by %s: %w: %s", kernel, w.by, err, complained.String())
	}
	var report struct{ Result string }
	if err := json.Unmarshal(said.Bytes(), &report); err != nil {
		return ran{}, fmt.Errorf("%s by %s: %w", kernel, w.by, err)
	}
	used := command.ProcessState.UserTime() + command.ProcessState.SystemTime()
	return ran{used.Seconds(), report.Result}, nil
}
