// Hello prints its version and the Go release it was built with.
package main

import (
	"fmt"
	"runtime"
)

// version is set by gov cross build --version.
var version = "devel"

func main() {
	fmt.Printf("hello %s, built with %s for %s/%s\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
