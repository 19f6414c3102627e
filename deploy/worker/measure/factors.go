package main

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"runtime"
	"slices"
	"time"
)

var kernels = []string{"integer", "float", "memory", "sort"}

// Of a kernel, over the rounds.
type kernelFactor struct {
	Mode   string  `json:"mode"`
	By     string  `json:"by"`
	Kernel string  `json:"kernel"`
	Min    float64 `json:"min"`
	Median float64 `json:"median"`
	Max    float64 `json:"max"`
	// CPU seconds without any steps, median: start-up, compilation, the kernel's memory.
	StartS float64 `json:"startCpuSeconds"`
}

// Of a way: the geometric mean of its kernels' medians, the least and the greatest of them.
type factor struct {
	Mode string  `json:"mode"`
	By   string  `json:"by"`
	Min  float64 `json:"min"`
	Mean float64 `json:"geometricMean"`
	Max  float64 `json:"max"`
}

type measurement struct {
	Measured string            `json:"measured"`
	Machine  string            `json:"machine"`
	Versions map[string]string `json:"versions"`
	Rounds   int               `json:"rounds"`
	NativeS  float64           `json:"nativeCpuSeconds"`
	Factors  []factor          `json:"factors"`
	Kernels  []kernelFactor    `json:"kernels"`
}

// CPU seconds by way, of each round.
type times struct{ full, start [][]float64 }

func measure(o options) (measurement, error) {
	folder, err := os.MkdirTemp("", "measure-")
	if err != nil {
		return measurement{}, err
	}
	defer os.RemoveAll(folder)
	ways, versions := waysOf(o, folder)
	m := measurement{time.Now().UTC().Format(time.DateOnly), machine(), versions, o.rounds, o.seconds, nil, nil}
	// What is compiled and kept by the first run is not part of any other.
	for _, w := range ways {
		if _, err := w.run("integer", 1); err != nil {
			return m, err
		}
	}
	of := map[string]times{}
	steps := map[string]uint64{}
	for _, kernel := range kernels {
		n, err := stepsFor(ways[0], kernel, o.seconds)
		if err != nil {
			return m, err
		}
		steps[kernel] = n
		of[kernel] = times{make([][]float64, len(ways)), make([][]float64, len(ways))}
	}
	for round := range o.rounds {
		for _, kernel := range kernels {
			if err := of[kernel].add(ways, kernel, steps[kernel], round); err != nil {
				return m, err
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, o.rounds)
	}
	for i, w := range ways[1:] {
		medians := []float64{}
		for _, kernel := range kernels {
			row := of[kernel].factorOf(i+1, w, kernel)
			m.Kernels = append(m.Kernels, row)
			medians = append(medians, row.Median)
		}
		m.Factors = append(m.Factors, factor{w.mode, w.by, slices.Min(medians), geometricMean(medians), slices.Max(medians)})
	}
	return m, nil
}

// As many as take a native run so long, at least one look at the clock.
func stepsFor(native way, kernel string, seconds float64) (uint64, error) {
	start, err := native.run(kernel, 1)
	if err != nil {
		return 0, err
	}
	for steps := uint64(1 << 20); ; steps *= 2 {
		one, err := native.run(kernel, steps)
		if err != nil {
			return 0, err
		}
		if used := one.cpuS - start.cpuS; used > seconds/8 {
			return uint64(float64(steps) * seconds / used), nil
		}
	}
}

// One run in each way; another is the first in each round.
func (t times) add(ways []way, kernel string, steps uint64, round int) error {
	results := map[string]bool{}
	for i := range ways {
		at := (i + round) % len(ways)
		start, err := ways[at].run(kernel, 1)
		if err != nil {
			return err
		}
		full, err := ways[at].run(kernel, steps)
		if err != nil {
			return err
		}
		results[full.result] = true
		if full.cpuS <= start.cpuS {
			return fmt.Errorf("%s by %s: too short to be measured: choose more --seconds", kernel, ways[at].by)
		}
		t.start[at] = append(t.start[at], start.cpuS)
		t.full[at] = append(t.full[at], full.cpuS-start.cpuS)
	}
	if len(results) != 1 {
		return fmt.Errorf("%s: the ways do not come to the same: %v", kernel, results)
	}
	return nil
}

func (t times) factorOf(at int, w way, kernel string) kernelFactor {
	ratios := make([]float64, len(t.full[at]))
	for round, used := range t.full[at] {
		ratios[round] = used / t.full[0][round]
	}
	return kernelFactor{
		w.mode, w.by, kernel, rounded(slices.Min(ratios)), rounded(median(ratios)), rounded(slices.Max(ratios)),
		rounded(median(t.start[at])),
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func geometricMean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += math.Log(value)
	}
	return rounded(math.Exp(sum / float64(len(values))))
}

func rounded(value float64) float64 { return math.Round(value*1000) / 1000 }

// Of what kind it is, not which.
func machine() string {
	kind := runtime.GOARCH
	info, _ := os.ReadFile("/proc/cpuinfo")
	if model := regexp.MustCompile(`model name\s*:\s*(.+)`).FindSubmatch(info); model != nil {
		kind += ", " + string(model[1])
	}
	return fmt.Sprintf("%s, %d processors", kind, runtime.NumCPU())
}
