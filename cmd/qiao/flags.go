package main

import (
	"errors"
	"slices"
	"strconv"
)

var errFlag = errors.New("not a value of this flag")

// A choice is a flag that takes one of a few words.
type choice struct {
	to *string
	of []string
}

func (c choice) String() string {
	if c.to == nil { // as pflag makes one to see what zero looks like
		return ""
	}
	return *c.to
}

func (c choice) Type() string { return "word" }

func (c choice) Set(s string) error {
	if !slices.Contains(c.of, s) {
		return errFlag
	}
	*c.to = s
	return nil
}

// A count is a flag that takes a number of at least 1.
type count struct{ to *int }

func (c count) String() string {
	if c.to == nil {
		return "0"
	}
	return strconv.Itoa(*c.to)
}

func (c count) Type() string { return "number" }

func (c count) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return errFlag
	}
	*c.to = n
	return nil
}
