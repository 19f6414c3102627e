//go:build wasip1

package main

import "time"

var begun = time.Now()

// WebAssembly knows no CPU time: it has one thread, and the time that passes has to do.
func cpuTime() time.Duration { return time.Since(begun) }
