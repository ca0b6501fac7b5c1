// Package search finds students in memory: by characters of a name, by pinyin,
// initials or both mixed, by the names of guardians and siblings, by digits of
// a phone or of the student number, by class. It knows pinyin and no SQL. The
// store fills a Block, keeps it up to date from committed changes, and asks it
// with the scope of the searcher; what is out of scope is neither found nor
// counted.
package search

import (
	"slices"
	"sync"

	"qiao/data"
)

// An Entry is one student as the search sees it.
type Entry struct {
	Student, Household, Class int64 // Household 0: no siblings known; Class 0: none
	Name                      string
	Former                    string         // former names, parted by "、" or a comma
	Reading                   string         // of Name where pinyin guesses wrong: "zeng qian"
	Number                    string         // student number
	ClassName                 data.ClassName // this school year's; zero for those who left
	Gone                      bool           // left or graduated: found only with * in the query
	Guardians                 []Guardian     // in calling order
	Tags                      []data.Tag
}

// A Guardian is somebody whose name or phones find the student.
type Guardian struct {
	Name   string
	Phones []string // E.164, or digits
}

// Scope is whom the searcher may find, and who comes first.
type Scope struct {
	All               bool    // the whole school
	Classes, Students []int64 // else these
	Own               []int64 // classes ranked first
	Recent            []int64 // students this person contacted lately, newest first: before others of equal match
	Tags              bool    // may search by tag words: 留守 or LB
}

// By tells which name of a hit matched. A hit by phone, number, class or tag
// is the student's own.
type By uint8

// The names that find a student, as they rank.
const (
	ByName By = iota
	ByFormer
	ByGuardian
	BySibling
)

// A Hit is one student found.
type Hit struct {
	Student int64
	By      By
}

// Result is the answer to a query. Total counts all matches in scope, of which
// Hits are the first. ByTag tells that a tag word was part of the query, which
// counts as showing tags. Similar are up to three names that sound like the
// query's when nothing was found.
type Result struct {
	Hits    []Hit
	Total   int
	ByTag   bool
	Similar []string
}

// A Block is the school in memory. Its methods may be called at the same time
// from many goroutines.
type Block struct {
	write sync.Mutex   // one change at a time; held while a new index is built aside
	read  sync.RWMutex // ix and what it holds
	ix    *index
	spare sync.Pool // *work

	many, kept int // manyMet and keptBest
	fronting   sync.Mutex
	fronts     map[frontOf]front
}

// New builds a block of entries; of two with one Student the later counts.
func New(entries []Entry) *Block {
	ix := newIndex(len(entries))
	for i := range entries {
		ix.put(ix.record(&entries[i]))
	}
	ix.tighten()
	return &Block{ix: ix, many: manyMet, kept: keptBest, fronts: map[frontOf]front{}}
}

// Put adds entries, or replaces those of the same Student.
func (b *Block) Put(entries ...Entry) {
	b.write.Lock()
	defer b.write.Unlock()
	for some := range slices.Chunk(entries, 100) { // so that nobody who searches waits long
		b.change(func(ix *index) {
			for i := range some {
				ix.put(ix.record(&some[i]))
			}
		})
	}
}

// Drop takes students out, as when a record was made by mistake; those who
// left stay in, Gone.
func (b *Block) Drop(students ...int64) {
	b.write.Lock()
	defer b.write.Unlock()
	b.change(func(ix *index) {
		for _, s := range students {
			ix.drop(s)
		}
	})
}

// change lets f change the index. What was replaced stays in it, dead, until
// there is so much that a new one is worth it; that is built while others
// search in the old.
func (b *Block) change(f func(*index)) {
	b.read.Lock()
	f(b.ix)
	b.noFronts()
	b.read.Unlock()
	if dead := len(b.ix.slots) - len(b.ix.bySlot); dead > 1000+len(b.ix.bySlot)/4 {
		fresh := b.ix.compacted()
		b.read.Lock()
		b.ix = fresh
		b.noFronts()
		b.read.Unlock()
	}
}

// Len is the number of students, those who left included.
func (b *Block) Len() int {
	b.read.RLock()
	defer b.read.RUnlock()
	return len(b.ix.bySlot)
}
