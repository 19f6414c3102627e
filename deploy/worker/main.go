// What a stage's container does: it uses so much CPU, and holds so much memory, until the work is done.
//
//	worker --for 2s --cpu 500m --memory 67108864 [--exit-code 1] [--checkpoint FILE --every 1s]
//	worker --steps 1000000000 [--kernel integer|float|memory|sort]
//
// Work is CPU time: `for` at `cpu` millicores. On a crowded or slow node it takes longer, as real work does. With --steps
// a fixed number of steps is done as fast as it goes, on one thread: for comparing ways to run it (see measure/). What was
// used, and what came of it, is printed as JSON, and left as the container's termination message.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Steps between two looks at the clock: some tens of microseconds.
const stepsAtOnce = 1 << 15

// CPU time that may be saved up while others use the cores.
const mostSaved = 20 * time.Millisecond

var terminationLog = "/dev/termination-log"

type report struct {
	CPUSeconds  float64 `json:"cpuSeconds"`
	WallSeconds float64 `json:"wallSeconds"`
	Steps       uint64  `json:"steps"`
	Resumed     float64 `json:"resumedSeconds,omitempty"`
	// What so many steps come to, and how the program was built: with --steps.
	Result       string `json:"result,omitempty"`
	Architecture string `json:"architecture"`
}

type options struct {
	duration   time.Duration
	milli      int
	memory     int64
	exitCode   int
	steps      uint64
	kernel     func() kernel
	checkpoint string
	every      time.Duration
}

func main() {
	o, err := parse(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
		os.Exit(2)
	}
	held := hold(o.memory)
	text, _ := json.Marshal(work(o))
	fmt.Println(string(text))
	// Only where Kubernetes made it.
	if file, err := os.OpenFile(terminationLog, os.O_WRONLY, 0); err == nil {
		file.Write(text)
		file.Close()
	}
	runtime.KeepAlive(held)
	os.Exit(o.exitCode)
}

func parse(args []string) (options, error) {
	var o options
	var cpu, kernel string
	flags := flag.NewFlagSet("worker", flag.ContinueOnError)
	flags.DurationVar(&o.duration, "for", 0, "how long it takes where the cores are its own")
	flags.StringVar(&cpu, "cpu", "1000m", "millicores that it uses: 500m, or cores: 2")
	flags.Int64Var(&o.memory, "memory", 0, "bytes of memory that the container may use")
	flags.IntVar(&o.exitCode, "exit-code", 0, "how it ends")
	flags.Uint64Var(&o.steps, "steps", 0, "do so many steps instead, as fast as it goes")
	flags.StringVar(&kernel, "kernel", "integer", "what a step is")
	flags.StringVar(&o.checkpoint, "checkpoint", "", "file that keeps what is done")
	flags.DurationVar(&o.every, "every", time.Second, "CPU time at full use between two checkpoints")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	milli, err := millicores(cpu)
	if err != nil {
		return o, err
	}
	if o.kernel, err = kernelNamed(kernel); err != nil {
		return o, err
	}
	if o.duration < 0 || o.memory < 0 || o.every <= 0 {
		return o, errors.New("--for and --memory must not be negative, --every must be positive")
	}
	o.milli = milli
	return o, nil
}

func millicores(text string) (int, error) {
	number, scale := text, 1000.0
	if strings.HasSuffix(text, "m") {
		number, scale = strings.TrimSuffix(text, "m"), 1
	}
	value, err := strconv.ParseFloat(number, 64)
	if err != nil || value*scale < 1 {
		return 0, fmt.Errorf("--cpu %s: expected millicores such as 500m, or cores", text)
	}
	return int(value * scale), nil
}

// Touches most of what the container may use; the rest is the program's own.
func hold(bytes int64) []byte {
	const own = 8 << 20
	size := bytes*4/5 - own
	if size <= 0 {
		return nil
	}
	held := make([]byte, size)
	for i := 0; i < len(held); i += 4096 {
		held[i] = 1
	}
	return held
}

// Uses CPU until the work is done, on as many threads as it needs for that.
func work(o options) report {
	begin := time.Now()
	before := resumed(o.checkpoint)
	target := time.Duration(float64(o.duration)*float64(o.milli)/1000) - before
	threads := (o.milli + 999) / 1000
	if o.steps > 0 {
		threads = 1
	}
	runtime.GOMAXPROCS(threads)
	var steps atomic.Uint64
	var group sync.WaitGroup
	pace := newPace(o.milli)
	keep := newKeeper(o, before)
	for range threads {
		group.Add(1)
		go func() {
			defer group.Done()
			state := uint64(88172645463325252)
			run := o.kernel()
			for {
				used := cpuTime()
				if o.steps > 0 {
					if steps.Load() >= o.steps {
						break
					}
				} else if used >= target {
					break
				} else {
					keep.note(used)
					pace.wait(used)
				}
				state = run(state, stepsAtOnce)
				steps.Add(stepsAtOnce)
			}
			sink.Store(state)
		}()
	}
	group.Wait()
	r := report{
		CPUSeconds: cpuTime().Seconds(), WallSeconds: time.Since(begin).Seconds(), Steps: steps.Load(),
		Resumed: before.Seconds(), Architecture: runtime.GOARCH,
	}
	if o.steps > 0 {
		r.Result = strconv.FormatUint(sink.Load(), 16)
	}
	return r
}

// What came of it, so that no compiler leaves the work out.
var sink atomic.Uint64

// Holds the use of CPU down to the millicores that were asked for.
type pace struct {
	mutex  sync.Mutex
	rate   float64
	at     time.Time
	used   time.Duration
	tokens time.Duration
}

func newPace(milli int) *pace {
	return &pace{rate: float64(milli) / 1000, at: time.Now(), used: cpuTime(), tokens: mostSaved}
}

func (p *pace) wait(used time.Duration) {
	p.mutex.Lock()
	now := time.Now()
	p.tokens += time.Duration(float64(now.Sub(p.at))*p.rate) - (used - p.used)
	p.tokens = min(p.tokens, mostSaved)
	p.at, p.used = now, used
	owed := -p.tokens
	p.mutex.Unlock()
	if owed > 0 {
		time.Sleep(time.Duration(float64(owed) / p.rate))
	}
}

// Writes what is done to a file now and then, whole or not at all.
type keeper struct {
	mutex  sync.Mutex
	file   string
	every  time.Duration
	before time.Duration
	next   time.Duration
}

func newKeeper(o options, before time.Duration) *keeper {
	every := time.Duration(float64(o.every) * float64(o.milli) / 1000)
	return &keeper{file: o.checkpoint, every: every, before: before, next: every}
}

func (k *keeper) note(used time.Duration) {
	if k.file == "" {
		return
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if used < k.next {
		return
	}
	k.next = used + k.every
	aside := k.file + ".part"
	if os.WriteFile(aside, []byte((k.before+used).String()), 0o644) == nil {
		os.Rename(aside, k.file)
	}
}

// CPU time that an earlier attempt had done by its last checkpoint.
func resumed(file string) time.Duration {
	if file == "" {
		return 0
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return 0
	}
	done, err := time.ParseDuration(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return done
}
