package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestUsesWhatItWasTold(t *testing.T) {
	before := cpuTime()
	r := work(options{duration: 400 * time.Millisecond, milli: 500, kernel: kernels["integer"], every: time.Second})
	used := r.CPUSeconds - before.Seconds()
	// What the test itself had used counts too.
	if r.CPUSeconds < 0.2 || used > 0.3 {
		t.Errorf("used %v CPU seconds, not 0.2", used)
	}
}

func TestGoesOnFromACheckpoint(t *testing.T) {
	file := filepath.Join(t.TempDir(), "done")
	done := cpuTime() + 5*time.Second
	if err := os.WriteFile(file, []byte(done.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r := work(options{duration: time.Second, milli: 1000, kernel: kernels["integer"], checkpoint: file, every: time.Second})
	if r.Steps > 0 || r.Resumed < 5 {
		t.Errorf("did %d steps after %v s were done", r.Steps, r.Resumed)
	}
}

func TestMillicores(t *testing.T) {
	for text, want := range map[string]int{"500m": 500, "2": 2000, "0.5": 500, "1m": 1} {
		if got, err := millicores(text); err != nil || got != want {
			t.Errorf("%s: %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "x", "0", "-1", "0.1m"} {
		if _, err := millicores(text); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}

func TestKernelsComeToTheSameEverywhere(t *testing.T) {
	// As on amd64; measure/ compares those of the other ways to run them.
	for name, want := range map[string]uint64{
		"integer": 0x8c7a694ee02a3516, "float": 0x2436aff44cede308, "memory": 0x347a44, "sort": 0x17b9792d685d163b,
	} {
		run := kernels[name]()
		if got := run(run(88172645463325252, stepsAtOnce), stepsAtOnce); got != want {
			t.Errorf("%s: %x, not %x", name, got, want)
		}
	}
	if _, err := kernelNamed("x"); err == nil {
		t.Error("a kernel x was found")
	}
}
