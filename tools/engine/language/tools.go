//go:build tools

// Package tools names the program that this module is there to build: Pulumi's Python language host.
//
// v3.70.0 is of the last releases that hold the host inside the SDK's module; it runs the programs of newer
// engines. A module of its own, since its dependencies are older than the CLI's.
package tools

import _ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
