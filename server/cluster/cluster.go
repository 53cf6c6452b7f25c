// Package cluster holds the tests of several servers on outside engines: what people race for while a
// database node dies. They need more programs than plain `go test ./...` may expect, and run with
//
//	go test -tags cluster ./server/cluster/...
package cluster
