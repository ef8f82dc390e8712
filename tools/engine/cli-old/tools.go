//go:build tools

// Package tools names the program that this module is there to build: the Pulumi CLI.
//
// A module of its own, since `go install package@version` refuses the CLI's replace directives.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
