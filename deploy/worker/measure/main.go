// How much longer the worker's kernels take when they are not native code: under the user mode of QEMU, and as WebAssembly.
//
//	measure --workers OUT [--rounds 9] [--seconds 1] [--qemu PATH] [--wasmtime PATH] > factors.json
//
// OUT is what build.sh made. In each round every kernel runs once in every way, in another order each time, and each way
// is compared with the native run of its own round. Times are CPU seconds of the whole process less those of a run without
// steps, so that other work on the machine counts little and start-up not at all. All must come to the same result. A way
// whose program is not there is left out, and said.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) > 3 && os.Args[1] == wazeroCommand {
		os.Exit(runWasm(os.Args[2], os.Args[3:]))
	}
	var o options
	flag.StringVar(&o.workers, "workers", "", "folder that build.sh made")
	flag.IntVar(&o.rounds, "rounds", 9, "how often each kernel runs in each way")
	flag.Float64Var(&o.seconds, "seconds", 1, "CPU seconds of a native run")
	flag.StringVar(&o.qemu, "qemu", "", "the user mode of QEMU; looked for on the PATH")
	flag.StringVar(&o.wasmtime, "wasmtime", "wasmtime", "the command of wasmtime")
	flag.Parse()
	if o.workers == "" || o.rounds < 1 || o.seconds <= 0 {
		flag.Usage()
		os.Exit(2)
	}
	measured, err := measure(o)
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
	out := json.NewEncoder(os.Stdout)
	out.SetIndent("", "  ")
	if err := out.Encode(measured); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}
