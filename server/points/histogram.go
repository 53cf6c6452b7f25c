package points

import "math/bits"

// mostValues bounds a histogram to 1 MiB: whoever stands higher than its last value stands at it.
const mostValues = 1 << 18

// histogram is how many people stand at each value of points, zero and above. Counting those above a value,
// and moving one of them, take as many steps as the number of values has binary digits. It is a Fenwick tree
// (P. Fenwick, A new data structure for cumulative frequency tables, 1994): node i, counted from 1, holds the
// people at the last i&-i values up to i.
type histogram struct {
	nodes  []uint32 // nodes[0] is not used
	people int64
}

// newHistogram has room for values up to highest at least, as far as mostValues goes.
func newHistogram(highest int64) *histogram {
	values := 1 << bits.Len64(uint64(max(highest, 0)))
	return &histogram{nodes: make([]uint32, min(values, mostValues)+1)}
}

// holds tells whether a value has a place of its own, or is as high as there may be.
func (h *histogram) holds(value int64) bool {
	return value < int64(len(h.nodes)-1) || len(h.nodes) > mostValues
}

// node is that of a value.
func (h *histogram) node(value int64) int { return int(min(max(value, 0), int64(len(h.nodes)-2))) + 1 }

// add puts people at a value, or takes them away when below zero.
func (h *histogram) add(value, people int64) {
	h.people += people
	for i := h.node(value); i < len(h.nodes); i += i & -i {
		h.nodes[i] += uint32(people) // below zero wraps round, and back
	}
}

// above is how many people stand above a value.
func (h *histogram) above(value int64) int64 {
	upTo := int64(0)
	for i := h.node(value); i > 0; i -= i & -i {
		upTo += int64(h.nodes[i])
	}
	return h.people - upTo
}
