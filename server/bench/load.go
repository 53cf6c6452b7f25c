package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// request is one HTTP request as it goes over the wire.
type request []byte

// newRequest makes a request of the contract, with a session's token and, for a body that is not empty, JSON.
func newRequest(method, host, path, token, body string, headers ...string) request {
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n", method, path, host, token)
	for _, header := range headers {
		text.WriteString(header + "\r\n")
	}
	if body != "" {
		fmt.Fprintf(&text, "Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	text.WriteString("\r\n" + body)
	return text.Bytes()
}

// result is what a load came to.
type result struct {
	rate  float64 // answers a second
	took  time.Duration
	waits []time.Duration // sorted
	// statuses counts the answers by status.
	statuses map[int]int
}

// percentile of the waits, from 0 to 1.
func (r result) percentile(share float64) time.Duration {
	return r.waits[min(int(share*float64(len(r.waits))), len(r.waits)-1)]
}

// load sends every request once, by so many clients at once, each over a connection of its own that it keeps.
// It is a plain client of bytes: net/http's would take more of the machine than the server that is measured.
func load(address string, clients int, requests []request) (result, error) {
	var (
		all      sync.WaitGroup
		next     atomic.Int64
		waits    = make([]time.Duration, len(requests))
		statuses = make([]int, len(requests))
		failures = make(chan error, clients)
	)
	start := time.Now()
	for range clients {
		all.Go(func() {
			failures <- drive(address, func() int { return int(next.Add(1)) - 1 }, requests, waits, statuses)
		})
	}
	all.Wait()
	took := time.Since(start)
	close(failures)
	for err := range failures {
		if err != nil {
			return result{}, err
		}
	}
	made := result{rate: float64(len(requests)) / took.Seconds(), took: took, waits: waits, statuses: map[int]int{}}
	slices.Sort(made.waits)
	for _, status := range statuses {
		made.statuses[status]++
	}
	return made, nil
}

func drive(address string, next func() int, requests []request, waits []time.Duration, statuses []int) error {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer connection.Close()
	answers := bufio.NewReader(connection)
	for i := next(); i < len(requests); i = next() {
		start := time.Now()
		if err := connection.SetDeadline(start.Add(time.Minute)); err != nil {
			return err
		}
		if _, err := connection.Write(requests[i]); err != nil {
			return err
		}
		if statuses[i], err = readAnswer(answers); err != nil {
			return err
		}
		waits[i] = time.Since(start)
	}
	return nil
}

// readAnswer reads one answer to its end and gives its status.
func readAnswer(from *bufio.Reader) (status int, err error) {
	line, err := from.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, fmt.Errorf("no status in %q", line)
	}
	length := 0
	for {
		line, err = from.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) <= 2 {
			break
		}
		if name, value, _ := bytes.Cut(line, []byte(": ")); http.CanonicalHeaderKey(string(name)) == "Content-Length" {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		} else if http.CanonicalHeaderKey(string(name)) == "Transfer-Encoding" {
			return 0, fmt.Errorf("an answer in pieces, which this client does not read")
		}
	}
	_, err = io.CopyN(io.Discard, from, int64(length))
	return status, err
}
