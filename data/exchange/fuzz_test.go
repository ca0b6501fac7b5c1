package exchange

import (
	"testing"

	"qiao/data"
)

func judge(t *testing.T, raw string) {
	t.Helper()
	roster, err := ReadRoster([]byte(raw), 2026, nil)
	if err == nil {
		sound(t, roster)
	} else if len(data.Faults(err)) == 0 {
		t.Fatal("an error that names no fault:", err)
	}
}

// Whatever stands in a sheet of a workbook that is whole as an archive.
func FuzzWorkbook(f *testing.F) {
	f.Add(body(row(1, "学号", "姓名", "班级"), row(2, "1", "甲", "3.2")), `<x:si><x:t>甲</x:t></x:si>`)
	f.Add(body(row(1, "某校", ""), row(2, "学号", "姓名", "", "家长1"), row(3, "", "", "", "姓名"), row(4, `<x:c r="A4"><x:v>2.0240217E7</x:v></x:c>`, `<x:c t="s"><x:v>0</x:v></x:c>`))+
		`<x:mergeCells><x:mergeCell ref="A1:D1"/><x:mergeCell ref="D2:XFD2"/></x:mergeCells>`, `<x:si><x:r><x:t>甲</x:t></x:r><x:rPh><x:t>JIA</x:t></x:rPh></x:si>`)
	f.Add(`<sheetData><row r="99999999999"><c r="ZZZ1"><f/></c>`, "")
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		judge(t, packed(t, map[string]string{
			"xl/workbook.xml":            `<workbook><sheets><sheet name="三(2)班" r:id="a"/><sheet name="b" r:id="a"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="a" Type="x/worksheet" Target="s.xml"/><Relationship Id="b" Type="x/sharedStrings" Target="t.xml"/></Relationships>`,
			"xl/s.xml":                   `<worksheet>` + sheet + `</worksheet>`, "xl/t.xml": `<sst>` + shared + `</sst>`}))
	})
}

// Whatever stands in the files of a OneRoster archive.
func FuzzOneRoster(f *testing.F) {
	f.Add("sourcedId,status,role,givenName,familyName,identifier,sms,agentSourcedIds\nS1,,student,薇,章,20240217,,G1\nG1,,parent,桂芬,吴,,10000000117,S1\n",
		"sourcedId,classSourcedId,userSourcedId,role\nE1,C1,S1,student\n", "sourcedId,title,grades,classType\nC1,三年级2班,03,homeroom\n", "delta")
	f.Add("sourcedId,givenName,familyName\nS1,a,b\n", "", "", "")
	f.Fuzz(func(t *testing.T, users, enrollments, classes, mode string) {
		judge(t, packed(t, map[string]string{"users.csv": users, "enrollments.csv": enrollments, "classes.csv": classes,
			"manifest.csv": "propertyName,value\nfile.users," + mode + "\n", "roles.csv": "userSourcedId,role,roleType\nS1,student,primary\n"}))
	})
}

// Whatever somebody says of columns.
func FuzzMapping(f *testing.F) {
	f.Add("编码 = 学号\n# x\n电话 = -\n")
	f.Add("a=b=学号")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ParseMapping(text)
		if err != nil {
			if len(data.Faults(err)) == 0 {
				t.Fatal(err)
			}
			return
		}
		for head, word := range m {
			if _, ok := claimOf(word); fold(head) != head || word != "" && !ok {
				t.Fatalf("%q = %q", head, word)
			}
		}
	})
}
