package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A kind of work: so many steps on from a state, which is all that it keeps. The same steps come to the same state on
// every architecture.
type kernel func(state uint64, steps int) uint64

// What --kernel may say. Without it the work is `integer`.
var kernels = map[string]func() kernel{
	"integer": func() kernel { return burn },
	"float":   func() kernel { return weather },
	"memory":  newWalk,
	"sort":    newSort,
}

func kernelNamed(name string) (func() kernel, error) {
	if make, ok := kernels[name]; ok {
		return make, nil
	}
	names := make([]string, 0, len(kernels))
	for name := range kernels {
		names = append(names, name)
	}
	slices.Sort(names)
	return nil, fmt.Errorf("--kernel %s: choose from %s", name, strings.Join(names, ", "))
}

// Registers only: xorshift64 (Marsaglia 2003).
func burn(state uint64, steps int) uint64 {
	for range steps {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
	}
	return state
}

// Floating point: Lorenz's system (1963) by Euler's method. Each product is rounded by itself, for some architectures would
// otherwise fuse it with the sum: what is chaotic shows every difference.
func weather(state uint64, steps int) uint64 {
	const dt = 0.005
	x, y, z := 1+float64(state>>11)/(1<<53), 1.0, 20.0
	for range steps {
		dx := float64(10 * (y - x))
		dy := float64(x*(28-z)) - y
		dz := float64(x*y) - float64(8*z/3)
		x += float64(dx * dt)
		y += float64(dy * dt)
		z += float64(dz * dt)
	}
	return burn(state^math.Float64bits(x), 1)
}

// Loads that wait for each other: a walk through 16 MiB in an order that no cache foresees.
func newWalk() kernel {
	const size = 1 << 22
	next := make([]uint32, size)
	// One cycle through all, for 1664524 is a multiple of 4 and the other number odd (Hull and Dobell 1962).
	for i := range next {
		next[i] = (uint32(i)*1664525 + 1013904223) % size
	}
	return func(state uint64, steps int) uint64 {
		at := uint32(state % size)
		for range steps {
			at = next[at]
		}
		return uint64(at)
	}
}

// Branches that nobody foresees, calls, loads and stores: sorts 4,096 numbers at a time; a step is a number.
func newSort() kernel {
	numbers := make([]uint64, 4096)
	return func(state uint64, steps int) uint64 {
		for done := 0; done < steps; done += len(numbers) {
			for i := range numbers {
				state = burn(state, 1)
				numbers[i] = state
			}
			slices.Sort(numbers)
			state += numbers[len(numbers)/2] | 1
		}
		return state
	}
}
