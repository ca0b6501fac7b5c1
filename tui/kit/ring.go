package kit

// An Input is a widget that can have the focus.
type Input interface {
	Focus()
	Blur()
	Focused() bool
}

// A Ring is the inputs of a form in the order that tab goes through them.
type Ring []Input

// At is which input has the focus, -1 for none.
func (r Ring) At() int {
	for i, in := range r {
		if in.Focused() {
			return i
		}
	}
	return -1
}

// To gives one input the focus and takes it from the others.
func (r Ring) To(at int) {
	for i, in := range r {
		if i != at {
			in.Blur()
		}
	}
	if at >= 0 && at < len(r) {
		r[at].Focus()
	}
}

// Step moves the focus by as many inputs, round the ring.
func (r Ring) Step(by int) {
	if len(r) > 0 {
		r.To(((r.At()+by)%len(r) + len(r)) % len(r))
	}
}
