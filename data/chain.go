package data

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// A Head is one row of the audit log by its number, its time and its hash, which
// covers every row before. The newest is the log's head.
type Head struct {
	ID   int64
	At   time.Time
	Hash string // SHA-256 in hex; "" in an empty log
}

// Witness is the head as one line to print or mail: kept outside the server, it
// tells later whether the whole log was written anew.
func (h Head) Witness() string {
	return fmt.Sprintf("qiao audit head %d %s %s", h.ID, h.At.In(China).Format(time.RFC3339), h.Hash)
}

// mail wraps long lines and puts > before what it quotes.
var witness = regexp.MustCompile(`qiao[\s>]+audit[\s>]+head[\s>]+(\d{1,18})[\s>]+(\S+)[\s>]+([0-9a-f]{64})\b`)

// Witnesses finds the lines of Head.Witness in a text: one line, or a mail with
// several.
func Witnesses(text string) (out []Head) {
	for _, m := range witness.FindAllStringSubmatch(text, -1) {
		id, _ := strconv.ParseInt(m[1], 10, 64)
		at, _ := time.Parse(time.RFC3339, m[2])
		out = append(out, Head{id, at, m[3]})
	}
	return out
}

// A Seal is the head of the log as it stood when a day was over. A person may
// confirm it: that they saw this hash then.
type Seal struct {
	Day Date
	Head
	By        string // who confirmed it, "" where nobody did
	Confirmed time.Time
}

// A Fault of the audit log's chain.
type ChainFault string

// What may be wrong with the log.
const (
	RowChanged    ChainFault = "row changed"
	RowsMissing   ChainFault = "rows missing"    // between ID and Until
	EndMissing    ChainFault = "end missing"     // after ID
	DetailChanged ChainFault = "detail changed"  // what the row keeps of before and after
	DetailMissing ChainFault = "detail missing"  // and retention does not say that it was removed
	SealBroken    ChainFault = "seal broken"     // the row does not have the hash that was written down that day
	WitnessBroken ChainFault = "witness broken"  // nor that which a witness has
	WitnessAhead  ChainFault = "witness unknown" // a witness is of a row that the log does not have
)

// A Break is one place where the audit log is not what it was.
type Break struct {
	Fault     ChainFault
	ID, Until int64
	At        time.Time
	Day       Date // of a seal
}

func (b Break) String() string {
	switch b.Fault {
	case RowChanged:
		return fmt.Sprintf("audit: row %d was changed", b.ID)
	case RowsMissing:
		return fmt.Sprintf("audit: rows between %d and %d are missing", b.ID, b.Until)
	case EndMissing:
		return fmt.Sprintf("audit: rows after %d are missing", b.ID)
	case DetailChanged:
		return fmt.Sprintf("audit: what row %d tells was changed", b.ID)
	case DetailMissing:
		return fmt.Sprintf("audit: what row %d tells is missing", b.ID)
	case SealBroken:
		return fmt.Sprintf("audit: row %d is not what was sealed on %s", b.ID, b.Day)
	case WitnessBroken:
		return fmt.Sprintf("audit: row %d is not what the witness has", b.ID)
	}
	return fmt.Sprintf("audit: the witness's row %d is not there", b.ID)
}

// A Chain is what is known of the audit log's chain.
type Chain struct {
	Head
	From     int64 // rows From to To were computed anew
	To       int64
	Breaks   []Break
	Seal     Seal // the newest
	Unsealed int  // how many seals nobody has confirmed
}

// Whole reports whether every row there is was found sound.
func (c Chain) Whole() bool { return len(c.Breaks) == 0 && c.From <= 1 && c.To >= c.ID }
