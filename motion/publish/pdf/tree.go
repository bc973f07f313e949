package pdf

import (
	"fmt"
	"strings"
)

// A node is an element of the structure (ISO 32000-1 §14.7.2). What it holds
// is known only when pages are written.
type node struct {
	tag   string
	alt   string // of a figure
	link  string // of a link: its address
	leads string // of a link: where it leads, in words
	id    string // of ASCII letters, digits and hyphens
	kids  []kid
	after []*node // notes, read after it
	obj   int
	row   bool // of a TH: it heads its row, not its column
}

// A kid is one of the three.
type kid struct {
	node  *node
	page  int // object of the page on which mcid is
	mcid  int
	annot int // object of an annotation, on page
}

func (n *node) add(k *node) *node {
	n.kids = append(n.kids, kid{node: k})
	return k
}

// write numbers and writes the elements below n, and returns its object.
func (n *node) write(f *file, parent int) int {
	n.obj = f.take()
	var kids strings.Builder
	for _, k := range n.kids {
		switch {
		case k.node != nil:
			for _, x := range append([]*node{k.node}, k.node.after...) {
				kids.WriteString(ref(x.write(f, n.obj)) + " ")
			}
		case k.annot > 0:
			fmt.Fprintf(&kids, "<</Type /OBJR /Pg %s /Obj %s>> ", ref(k.page), ref(k.annot))
		default:
			fmt.Fprintf(&kids, "<</Type /MCR /Pg %s /MCID %d>> ", ref(k.page), k.mcid)
		}
	}
	body := fmt.Sprintf("<</Type /StructElem /S /%s /P %s /K [%s]", n.tag, ref(parent), kids.String())
	if n.id != "" {
		body += " /ID (" + n.id + ")"
	}
	if n.alt != "" {
		body += " /Alt " + words(n.alt)
	}
	if n.tag == "L" {
		body += " /A <</O /List /ListNumbering /LowerAlpha>>"
	}
	if n.tag == "TH" {
		scope := "/Column"
		if n.row {
			scope = "/Row"
		}
		body += " /A <</O /Table /Scope " + scope + ">>"
	}
	f.set(n.obj, body+">>")
	return n.obj
}
