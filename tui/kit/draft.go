package kit

import "qiao/data"

// Draft asks for the form that a draft was written in, to go on with it.
func Draft(d data.Draft) Open {
	screen := "contact"
	if d.Kind == "family" {
		screen = "familyedit"
	}
	return Open{Screen: screen, ID: d.Student, Draft: &d}
}
