package exchange

import (
	"archive/zip"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"qiao/data"
	"qiao/data/search"
)

// A oneRoster is a OneRoster archive of CSV files, version 1.1 or 1.2, put
// together from its parts: who is in which class, and who belongs to whom.
type oneRoster struct {
	parts       map[string]*zip.File
	delta       bool // only what changed; who is not named is not gone
	users       records
	demographic map[string][]string // by user
	demo        records
	roles       map[string]string // 1.2: by user
	classes     map[string]homeroom
	enrolled    map[string]homeroom // by user, the one that counts
	agents      map[string][]string // by user, of both sides
	byID        map[string]int      // row of users
}

// A homeroom is a class as OneRoster tells of it.
type homeroom struct {
	title string // "3.2" where its title is a class
	whole bool   // a homeroom, and not one subject's
}

// records is one CSV file of the archive.
type records struct {
	at   map[string]int
	rows [][]string
}

func (r records) get(row []string, name string) string {
	if i, ok := r.at[name]; ok && i < len(row) {
		return data.Name(row[i])
	}
	return ""
}

func (r records) deleted(row []string) bool {
	return strings.EqualFold(r.get(row, "status"), "tobedeleted")
}

// newOneRoster opens an archive that has users.csv.
func newOneRoster(parts map[string]*zip.File) (*oneRoster, error) {
	r := &oneRoster{parts: parts, demographic: map[string][]string{}, roles: map[string]string{}, classes: map[string]homeroom{},
		enrolled: map[string]homeroom{}, agents: map[string][]string{}, byID: map[string]int{}}
	if base(parts, "users.csv") == nil {
		return nil, bad("", data.WhyNotRoster)
	}
	manifest, err := r.table("manifest.csv")
	if err != nil {
		return nil, err
	}
	for _, row := range manifest.rows {
		if manifest.get(row, "propertyName") == "file.users" {
			r.delta = manifest.get(row, "value") == "delta"
		}
	}
	r.users, err = r.table("users.csv")
	for _, col := range []string{"sourcedId", "givenName", "familyName"} {
		if _, ok := r.users.at[col]; !ok && err == nil {
			err = bad("users.csv "+col, data.WhyNoColumn)
		}
	}
	return r, err
}

// table reads one file of the archive; what is not there is empty.
func (r *oneRoster) table(name string) (records, error) {
	f := base(r.parts, name)
	if f == nil {
		return records{}, nil
	}
	in := open(f)
	defer in.Close()
	raw, err := io.ReadAll(in)
	if err != nil {
		return records{}, err
	}
	text, err := decode(raw)
	if err != nil {
		return records{}, err
	}
	s, t := &textSheet{text: text, sep: ","}, records{at: map[string]int{}}
	for {
		l, more := s.next()
		switch {
		case !more:
			return t, nil
		case l.why != "":
			return t, bad(name+" "+strconv.Itoa(l.row), l.why)
		case len(t.at) == 0:
			for i, c := range l.cells {
				t.at[data.Name(c)] = i
			}
		default:
			t.rows = append(t.rows, l.cells)
		}
	}
}

// gather reads what says where each user belongs. Year is the school year whose
// classes count, by its autumn.
func (r *oneRoster) gather(year int) error {
	var err error
	if r.demo, err = r.table("demographics.csv"); err != nil {
		return err
	}
	for _, row := range r.demo.rows {
		if !r.demo.deleted(row) {
			r.demographic[r.demo.get(row, "sourcedId")] = row
		}
	}
	roles, err := r.table("roles.csv")
	if err != nil {
		return err
	}
	for _, row := range roles.rows {
		user := roles.get(row, "userSourcedId")
		if !roles.deleted(row) && (r.roles[user] == "" || roles.get(row, "roleType") == "primary") {
			r.roles[user] = roles.get(row, "role")
		}
	}
	if err := r.gatherClasses(year); err != nil {
		return err
	}
	for i, row := range r.users.rows {
		id := r.users.get(row, "sourcedId")
		r.byID[id] = i
		for agent := range strings.SplitSeq(r.users.get(row, "agentSourcedIds"), ",") {
			if agent = strings.TrimSpace(agent); agent != "" {
				r.agents[id] = append(r.agents[id], agent)
				r.agents[agent] = append(r.agents[agent], id)
			}
		}
	}
	return nil
}

func (r *oneRoster) gatherClasses(year int) error {
	sessions, err := r.table("academicSessions.csv")
	if err != nil {
		return err
	}
	other := map[string]bool{} // sessions of another school year, which OneRoster calls by its summer
	for _, row := range sessions.rows {
		y, err := strconv.Atoi(sessions.get(row, "schoolYear"))
		other[sessions.get(row, "sourcedId")] = err == nil && y != year+1
	}
	classes, err := r.table("classes.csv")
	if err != nil {
		return err
	}
	for _, row := range classes.rows {
		terms := strings.Split(classes.get(row, "termSourcedIds"), ",")
		now := false
		for _, t := range terms {
			now = now || !other[strings.TrimSpace(t)]
		}
		if classes.deleted(row) || !now {
			continue
		}
		title := classes.get(row, "title")
		if name, ok := classIn(title, year); ok {
			title = name.String()
		} else if name, ok := parseClass(classes.get(row, "grades"), title, year); ok {
			title = name.String()
		}
		r.classes[classes.get(row, "sourcedId")] = homeroom{title, strings.EqualFold(classes.get(row, "classType"), "homeroom")}
	}
	enrollments, err := r.table("enrollments.csv")
	if err != nil {
		return err
	}
	for _, row := range enrollments.rows {
		user, class := enrollments.get(row, "userSourcedId"), enrollments.get(row, "classSourcedId")
		if enrollments.deleted(row) || enrollments.get(row, "role") != "student" {
			continue
		}
		room, ok := r.classes[class]
		if !ok {
			room.title = class // of another year, or not in the archive: its row says so
		}
		if was, twice := r.enrolled[user]; !twice || room.whole && !was.whole {
			r.enrolled[user] = room
		}
	}
	return nil
}

func (r *oneRoster) role(row []string) string {
	if role := r.users.get(row, "role"); role != "" {
		return strings.ToLower(role)
	}
	return strings.ToLower(r.roles[r.users.get(row, "sourcedId")])
}

// oneRosterHeads is the fields that a student's row is put together of, by what
// OneRoster calls them.
var oneRosterHeads = []struct {
	place
	head string
}{{at(number), "identifier"}, {at(name), "givenName, familyName"}, {at(sex), "demographics sex"}, {at(birth), "demographics birthDate"}, {at(class), "enrollments classSourcedId"}}

const ofUsers = "users.csv"

// oneRoster takes the students of an archive.
func (r *reader) oneRoster(o *oneRoster) error {
	if err := o.gather(r.year); err != nil {
		return err
	}
	r.file.Delta = o.delta
	cols := columns{at: map[place]int{}, partial: o.delta}
	for i, h := range oneRosterHeads {
		cols.at[h.place], cols.head = i, append(cols.head, h.head)
		r.file.Columns = append(r.file.Columns, data.RosterColumn{Head: h.head, Field: h.String()})
	}
	for slot := range numbered {
		for _, p := range []part{gName, gRelation, gPhone} {
			cols.at[place{slot, string(p)}] = len(cols.head)
			cols.head = append(cols.head, "agentSourcedIds "+string(p))
		}
	}
	for i, row := range o.users.rows {
		if o.role(row) != "student" {
			continue
		}
		if r.n++; r.n > MaxRows {
			return bad("", data.WhyTooMany)
		}
		if o.users.deleted(row) {
			r.file.Leaving = append(r.file.Leaving, o.number(row))
			continue
		}
		p := parser{cells: o.cells(row), cols: cols, year: r.year, row: i + 2}
		line := p.read()
		line.Sheet = ofUsers
		r.take(line, p.faults)
	}
	if r.n == 0 {
		return bad("", data.WhyEmpty)
	}
	return nil
}

func (o *oneRoster) number(row []string) string {
	if n := o.users.get(row, "identifier"); n != "" {
		return n
	}
	return o.users.get(row, "sourcedId")
}

// cells is a student as the row of a roster, in the order of the heads.
func (o *oneRoster) cells(row []string) []string {
	id := o.users.get(row, "sourcedId")
	demo := o.demographic[id]
	cells := []string{o.number(row), o.name(row), known(o.demo.get(demo, "sex")), o.demo.get(demo, "birthDate"), o.enrolled[id].title}
	seen := map[string]bool{}
	for _, agent := range o.agents[id] {
		i, ok := o.byID[agent]
		if !ok || seen[agent] || len(seen) == numbered || o.users.deleted(o.users.rows[i]) {
			continue
		}
		seen[agent] = true
		adult := o.users.rows[i]
		cells = append(cells, o.name(adult), o.relation(adult), strings.Trim(o.users.get(adult, "sms")+"/"+o.users.get(adult, "phone"), "/"))
	}
	return cells
}

func known(sex string) string {
	if s := strings.ToLower(sex); s == "male" || s == "female" {
		return s
	}
	return "" // other, unspecified
}

// relation is father or mother where that can be known; else OneRoster's role
// tells less than the school may know already.
func (o *oneRoster) relation(adult []string) string {
	if o.role(adult) != "parent" {
		return ""
	}
	switch known(o.demo.get(o.demographic[o.users.get(adult, "sourcedId")], "sex")) {
	case "male":
		return string(data.Father)
	case "female":
		return string(data.Mother)
	}
	return ""
}

// name is a person's name in one: Chinese ones family first, those with a middle
// dot, whose family name is what stands behind it, and all others given first.
func (o *oneRoster) name(row []string) string {
	given, family := o.users.get(row, "givenName"), o.users.get(row, "familyName")
	han := strings.IndexFunc(given+family, func(r rune) bool { return !unicode.Is(unicode.Han, r) }) < 0
	switch {
	case given == "" || family == "":
		return given + family
	case !han:
		if middle := o.users.get(row, "middleName"); middle != "" {
			given += " " + middle
		}
		return given + " " + family
	case utf8.RuneCountInString(family) == 1 || search.IsCompound(family):
		return family + given
	}
	return given + "·" + family
}
