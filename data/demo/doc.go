// Package demo invents a school: for one seed and one day always the same one,
// as values that the console's desk can found. Everybody and every place in it
// is made up, and every phone number starts with 100, where none can ring.
package demo
