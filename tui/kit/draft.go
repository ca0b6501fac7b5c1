package kit

import "qiao/data"

// Draft asks for the form that a draft was written in, to go on with it.
func Draft(d data.Draft) Open {
	o := Open{Screen: "contact", ID: d.Student, Draft: &d}
	switch d.Kind {
	case "family":
		o = Open{Screen: "familyedit", ID: d.Student, Draft: &d}
	case "care":
		o = Open{Screen: "care", ID: d.Student, Draft: &d}
	case "emergency", "lend", "release":
		o = Open{Screen: d.Kind, ID: d.Object.ID, Draft: &d}
	case "minutes", "topic", "agenda_item", "notice", "replies":
		o = Open{Screen: d.Kind, ID: d.Object.ID, Draft: &d}
	case "meeting":
		if o = (Open{Screen: "meetingnew", ID: d.Object.ID, Draft: &d}); d.Object.Kind == "meeting" {
			o = Open{Screen: "meetingedit", ID: d.Object.ID, Draft: &d}
		}
	case "promise":
		o = Open{Screen: "family", ID: d.Student, Draft: &d}
	case "note":
		o = Open{Screen: "room", ID: d.Object.ID, Draft: &d}
	case "question":
		o = Open{Screen: "question", ID: d.Object.ID, Draft: &d}
	case "resolution":
		o = Open{Screen: "resolution", ID: d.Object.ID, Draft: &d}
		if d.Object.Kind == "meeting" { // a new one
			o = Open{Screen: "resolutionnew", ID: d.Object.ID, Draft: &d}
		}
	case "accountnew", "accountrole", "accountedit":
		o = Open{Screen: d.Kind, ID: d.Object.ID, Draft: &d}
	}
	return o
}
