package i18n

import "qiao/data"

// Words for data's closed vocabularies. A test asks for one for each value.
var kinds = map[data.Kind]Phrase{
	data.Call:  T("call", "电话"),
	data.Visit: T("visit", "家访"),
}

// Kind names a kind of contact.
func (l Lang) Kind(k data.Kind) string { return l.Say(kinds[k]) }
