package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestUsesWhatItWasTold(t *testing.T) {
	before := cpuTime()
	r := work(options{duration: 400 * time.Millisecond, milli: 500, every: time.Second})
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
	r := work(options{duration: time.Second, milli: 1000, checkpoint: file, every: time.Second})
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
