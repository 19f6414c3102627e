package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"github.com/tetratelabs/wazero/sys"
)

// `measure wazero FOLDER FILE ARGS…` runs a program of WebAssembly in this process; compiled code is kept in the folder.
const wazeroCommand = "wazero"

func runWasm(folder string, args []string) int {
	context := context.Background()
	code, err := os.ReadFile(args[0])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	cache, err := wazero.NewCompilationCacheWithDir(folder)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	machine := wazero.NewRuntimeWithConfig(context, wazero.NewRuntimeConfig().WithCompilationCache(cache))
	defer machine.Close(context)
	wasi_snapshot_preview1.MustInstantiate(context, machine)
	config := wazero.NewModuleConfig().WithArgs(args...).WithStdout(os.Stdout).WithStderr(os.Stderr).
		WithSysNanotime().WithSysWalltime().WithSysNanosleep()
	_, err = machine.InstantiateWithConfig(context, code, config)
	var exit *sys.ExitError
	if errors.As(err, &exit) {
		return int(exit.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}
