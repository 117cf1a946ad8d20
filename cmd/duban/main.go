// Command duban is the whole program; package command says what it can do.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"duban/command"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	os.Exit(command.Main(ctx, command.Terminal{Out: os.Stdout, Err: os.Stderr, Env: os.Environ()}, os.Args[1:]...))
}
