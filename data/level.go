package data

// Level is who may read what was written: L0 to L4 of the school's rules.
type Level int

// The levels in words: open, normal, class, restricted, secret. What a person
// writes is normal unless said; Open is for fields such as a name.
const (
	Open       Level = 0 // every signed-in member of staff
	Normal     Level = 1 // those who teach or care for the child, and the offices
	ClassOnly  Level = 2 // class teacher, surrogate, grade head, office, principal
	Restricted Level = 3 // class teacher, surrogate, office, principal
	Secret     Level = 4 // its writer, the principal and those it names
)

// Levels is every level that a writer may choose, from the most open.
var Levels = []Level{Normal, ClassOnly, Restricted, Secret}

// Code is the level's word in commands and JSON.
func (l Level) Code() string {
	switch l {
	case Open:
		return "open"
	case ClassOnly:
		return "class"
	case Restricted:
		return "restricted"
	case Secret:
		return "secret"
	}
	return "normal"
}

// ParseLevel is the level a word names, of those that a writer may choose.
func ParseLevel(word string) (Level, error) {
	for _, l := range Levels {
		if l.Code() == word {
			return l, nil
		}
	}
	return 0, &Invalid{Field: "level", Why: WhyUnknown}
}

// A Sight is how much of a record an account may see.
type Sight int

// None: the record is not there. Exists: its date, channel and person, without
// the text. Whole: all of it.
const (
	None Sight = iota
	Exists
	Whole
)

// sights is what each role sees of the levels L0 to L4 about a child in its
// scope: w whole, e that something exists, b the bare card (name, class, phones
// and the two warnings), - nothing. A writer sees what they wrote, and whom a
// secret record names sees it; a class teacher, a surrogate parent and the
// office see of the others' that they exist.
var sights = map[Role]string{
	Administrator:      "w----",
	Principal:          "wwwww",
	GradeHead:          "wwwe-",
	ClassTeacher:       "wwwwe",
	SubjectTeacher:     "ww-e-",
	MoralOffice:        "wwwwe",
	CommitteeSecretary: "w----",
	Surrogate:          "wwwwe",
	Inspector:          "-----", // L0 without personal names: nothing about a child
	FrontDesk:          "wb---",
	Emergency:          "wb---",
	BreakGlass:         "wwwww",
	FormerTeacher:      "wwwwe",
}

// sightAt is what a role sees of a level about a child in its scope.
func sightAt(r Role, l Level) Sight {
	s := sights[r]
	if l < Open || int(l) >= len(s) {
		return None
	}
	switch s[l] {
	case 'w':
		return Whole
	case 'e', 'b':
		return Exists
	}
	return None
}

// Sight is what the role sees of a level about a child in its scope. Bare: of
// the card no more than name, class, phones and the two warnings.
func (r Role) Sight(l Level) (s Sight, bare bool) {
	all := sights[r]
	return sightAt(r, l), l >= Open && int(l) < len(all) && all[l] == 'b'
}

// LogsView reports whether reading something of this level is written into the
// audit log each time it is opened: class and above.
func (l Level) LogsView() bool { return l > Normal }
