package store

import (
	"slices"

	"qiao/data"
)

// homes is who is to be asked to a meeting of a class, and the children and
// relatives of those who are: the same for all who read it, but for what their
// level leaves out.
type homes struct {
	on         data.Date
	class      int64
	want       []data.Invitee
	students   map[int64]data.Student
	guardians  map[int64][]data.Guardian
	households map[int64]bool
}

// classHomes reads the families of a class, and of students that were in it.
func (d *Desk) classHomes(t *tx, class int64, others []int64) (*homes, error) {
	h := &homes{on: d.db.today(), class: class, students: map[int64]data.Student{}, households: map[int64]bool{}}
	students, err := list(t, studentSQL+"AND s.class = ? AND s.status IN ('enrolled', 'suspended', 'repeating') ORDER BY s.number", []any{d.year(), class}, scanStudent)
	if err != nil {
		return nil, err
	}
	if h.guardians, err = d.classGuardians(t, class); err != nil {
		return nil, err
	}
	apart := map[int64]bool{}
	err = t.rows("SELECT DISTINCT c.household, c.structure FROM household_care c JOIN student s ON s.household = c.household WHERE s.class = ?", []any{class}, func(r row) error {
		var id int64
		var structure data.Structure
		err := r.Scan(&id, &structure)
		apart[id] = structure.LivesApart()
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, s := range students {
		h.students[s.ID], h.households[s.Household] = s, true
	}
	for _, id := range others {
		if _, known := h.students[id]; known {
			continue
		}
		s, err := d.student(t, id)
		if err == nil && h.guardians[id] == nil {
			h.guardians[id], err = guardians(t, id)
		}
		if err != nil {
			return nil, err
		}
		h.students[id], h.households[s.Household] = s, true
	}
	for id := range h.guardians {
		uncalled(h.guardians[id])
	}
	h.want = data.Households(students, h.guardians, apart)
	return h, nil
}

// inviteeRow is an invitee as it stands in its table, with the contact that the
// card shows of it and the places of its children.
type inviteeRow struct {
	data.Invitee
	contact int64
	of      []int64
}

const inviteeSQL = "SELECT i.id, i.meeting, i.household, i.person, i.reply, i.reply_why, i.attendance, i.late_min, i.left_at, COALESCE(i.came_person, 0), i.came_text, " +
	"COALESCE(i.contact, 0), COALESCE(p.name, ''), i.marked_at FROM invitee i LEFT JOIN account a ON a.id = i.marked_by LEFT JOIN person p ON p.id = a.person "

func scanInvitee(r row) (i inviteeRow, err error) {
	err = r.Scan(&i.ID, &i.Meeting, &i.Household, &i.Person, &i.Reply, &i.ReplyWhy, &i.Attendance, &i.LateMin, moment{&i.Left}, &i.CamePerson, &i.CameText,
		&i.contact, &i.MarkedBy, moment{&i.MarkedAt})
	return i, err
}

// invitees reads who is invited to a meeting, in the order they were, with the
// ids of their children.
func invitees(t *tx, meeting int64) ([]inviteeRow, error) {
	all, err := list(t, inviteeSQL+"WHERE i.meeting = ? AND i.gone_at IS NULL ORDER BY i.id", []any{meeting}, scanInvitee)
	if err != nil {
		return nil, err
	}
	at := map[int64]int{}
	for n, i := range all {
		at[i.ID] = n
	}
	err = t.rows("SELECT x.invitee, x.student FROM invitee_student x JOIN invitee i ON i.id = x.invitee WHERE i.meeting = ? ORDER BY x.invitee, x.student",
		[]any{meeting}, func(r row) error {
			var invitee, student int64
			if err := r.Scan(&invitee, &student); err != nil {
				return err
			}
			if n, ok := at[invitee]; ok {
				all[n].of = append(all[n].of, student)
			}
			return nil
		})
	return all, err
}

// invitee reads one who is invited.
func invitee(t *tx, meeting, id int64) (i inviteeRow, err error) {
	st, err := t.stmt(inviteeSQL + "WHERE i.id = ? AND i.meeting = ? AND i.gone_at IS NULL")
	if err != nil {
		return i, err
	}
	if i, err = scanInvitee(st.QueryRow(id, meeting)); err != nil {
		return i, found(err)
	}
	i.of, err = list(t, "SELECT student FROM invitee_student WHERE invitee = ? ORDER BY student", []any{id}, func(r row) (id int64, err error) { return id, r.Scan(&id) })
	return i, err
}

// plain is the invitees without what hangs on them, for the rules.
func plain(rows []inviteeRow) (out []data.Invitee) {
	for _, i := range rows {
		out = append(out, i.Invitee)
	}
	return out
}

// syncFamilies makes those who are invited those who should be.
func (d *Desk) syncFamilies(t *tx, m data.Meeting) (added, gone int, err error) {
	h, err := d.classHomes(t, m.Class, nil)
	if err != nil {
		return 0, 0, err
	}
	have, err := invitees(t, m.ID)
	if err != nil {
		return 0, 0, err
	}
	add, drop := data.Renew(plain(have), h.want)
	for _, n := range drop {
		if _, err := t.exec("UPDATE invitee SET gone_at = ? WHERE id = ?", stamp(d.db.now()), have[n].ID); err != nil {
			return 0, 0, err
		}
	}
	for _, i := range add {
		if err := d.inviteOne(t, m.ID, i); err != nil {
			return 0, 0, err
		}
	}
	return len(add), len(drop), d.regroup(t, have, h.want)
}

// inviteOne invites one family; one that was no longer invited is invited again.
func (d *Desk) inviteOne(t *tx, meeting int64, i data.Invitee) error {
	var id int64
	if err := t.row("INSERT INTO invitee (meeting, household, person) VALUES (?, ?, ?) ON CONFLICT (meeting, household, person) DO UPDATE SET gone_at = NULL RETURNING id",
		[]any{meeting, i.Household, i.Person}, &id); err != nil {
		return err
	}
	return setStudents(t, id, i.Students)
}

func setStudents(t *tx, invitee int64, of []data.Student) error {
	if _, err := t.exec("DELETE FROM invitee_student WHERE invitee = ?", invitee); err != nil {
		return err
	}
	for _, s := range of {
		if _, err := t.exec("INSERT INTO invitee_student (invitee, student) VALUES (?, ?)", invitee, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// regroup gives the rows that stay the children that their households have in
// the class now. A row whose household has none left keeps its own.
func (d *Desk) regroup(t *tx, have []inviteeRow, want []data.Invitee) error {
	of := map[int64][]data.Student{}
	for _, w := range want {
		of[w.Household] = w.Students
	}
	for _, i := range have {
		now := of[i.Household]
		same := len(now) == len(i.of)
		for _, s := range now {
			same = same && slices.Contains(i.of, s.ID)
		}
		if len(now) == 0 || same {
			continue
		}
		if err := setStudents(t, i.ID, now); err != nil {
			return err
		}
	}
	return nil
}
