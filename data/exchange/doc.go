// Package exchange reads what other programs write, and writes what they read,
// as values of package data. It never opens a file and saves nothing: a caller
// reads with it, shows the faults, and saves through a desk.
package exchange
