package publish

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"github.com/villes-internet/congres/motion/publish/pdf"
)

// The column of docxPage, in points, and the height that a figure may have.
const (
	docxColumn = docxWide / 20.
	docxHigh   = 650
)

// figure sets a picture of a figure, which says in words what it shows.
func (x *docx) figure(f *pdf.Figure) error {
	if f.Width <= 0 || f.Height <= 0 {
		return nil
	}
	data, err := picture(f)
	if err != nil {
		return err
	}
	scale := min(docxColumn/f.Width, docxHigh/f.Height, 1)
	size := docxSize(f.Width*scale, f.Height*scale)
	name, graphic := x.graphic(data, size)
	x.body.WriteString(`<w:p><w:pPr><w:pStyle w:val="BodyText"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline ` + docxDrawing + ` distT="0" distB="0" distL="0" distR="0"><wp:extent ` + size + `/><wp:docPr ` + name + ` descr="` + escape(f.Alt) + `"/>` +
		graphic + `</wp:inline></w:drawing></w:r></w:p>`)
	return nil
}

// picture writes the code, at the right of its paragraph and a link to address
// (part 1 §20.4.2.3, anchor).
func (x *docx) picture(data []byte, address string) {
	size := docxSize(65, 65)
	name, graphic := x.graphic(data, size)
	x.body.WriteString(`<w:r><w:drawing><wp:anchor ` + docxDrawing + ` distT="0" distB="0" distL="144000" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>` +
		`<wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent ` + size + `/><wp:wrapSquare wrapText="left"/>` +
		`<wp:docPr ` + name + ` descr="` + escape(codeWords) + `"><a:hlinkClick xmlns:a="` + docxArt + `" r:id="` + x.relation(address) + `"/></wp:docPr>` + graphic + `</wp:anchor></w:drawing></w:r>`)
}

const (
	docxArt     = "http://schemas.openxmlformats.org/drawingml/2006/main"
	docxDrawing = `xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"`
)

// docxSize writes a width and a height, in points.
func docxSize(width, height float64) string {
	const emu = 12_700 // English Metric Units of a point
	return `cx="` + strconv.Itoa(int(width*emu)) + `" cy="` + strconv.Itoa(int(height*emu)) + `"`
}

// graphic keeps a picture, and returns the attributes that name it and its element.
func (x *docx) graphic(data []byte, size string) (name, element string) {
	x.pictures = append(x.pictures, data)
	n := strconv.Itoa(len(x.pictures))
	return `id="` + n + `" name="Figure ` + n + `"`, `<a:graphic xmlns:a="` + docxArt + `"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="` + n + `" name="figure` + n + `.png"/><pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip r:embed="figure` + n + `"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ` + size + `/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`
}

// pixels is how many make a unit of a figure: enough to print.
const pixels = 3

// A canvas is a picture in the making, in greys.
type canvas struct {
	*image.Gray
	faces map[face]font.Face
}

type face struct {
	strong bool
	size   float64
}

// picture draws a figure as the PDF does, as a PNG.
func picture(f *pdf.Figure) ([]byte, error) {
	c := &canvas{image.NewGray(image.Rect(0, 0, int(math.Ceil(f.Width*pixels)), int(math.Ceil(f.Height*pixels)))), make(map[face]font.Face)}
	draw.Draw(c, c.Rect, image.White, image.Point{}, draw.Src)
	for i := range f.Shapes {
		switch s := &f.Shapes[i]; s.Form {
		case pdf.Box:
			c.fill(rectangle(s.X-.25, s.Y-.25, s.W+.5, s.H+.5), 0)
			c.fill(rectangle(s.X+.25, s.Y+.25, s.W-.5, s.H-.5), s.Gray)
		case pdf.Ring:
			c.fill(circle(s.X, s.Y, s.W+.25), 0)
			c.fill(circle(s.X, s.Y, s.W-.25), s.Gray)
		case pdf.Stroke:
			c.fill(ribbon([][2]float64{{s.X, s.Y}, {s.W, s.H}}, max(s.Size, .5)), s.Gray)
		case pdf.Bow:
			c.fill(ribbon(bow(s), max(s.Size, .5)), s.Gray)
		case pdf.Label:
			if err := c.write(s); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, c.Gray)
	return b.Bytes(), err
}

// fill paints a polygon, in the figure's units.
func (c *canvas) fill(points [][2]float64, gray float64) {
	low, high := [2]float64{math.Inf(1), math.Inf(1)}, [2]float64{math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		for k := range p {
			low[k], high[k] = min(low[k], p[k]*pixels), max(high[k], p[k]*pixels)
		}
	}
	if !(high[0] > low[0] && high[1] > low[1]) || math.IsInf(high[0]-low[0]+high[1]-low[1], 0) {
		return // flat, or no place at all
	}
	at := image.Rect(int(low[0]), int(low[1]), int(high[0])+1, int(high[1])+1).Intersect(c.Rect)
	if at.Empty() {
		return
	}
	var z vector.Rasterizer
	z.Reset(at.Dx(), at.Dy())
	for i, p := range points {
		x, y := float32(p[0]*pixels-float64(at.Min.X)), float32(p[1]*pixels-float64(at.Min.Y))
		if i == 0 {
			z.MoveTo(x, y)
		} else {
			z.LineTo(x, y)
		}
	}
	z.ClosePath()
	z.Draw(c, at, image.NewUniform(color.Gray{Y: uint8(255 * min(max(gray, 0), 1))}), image.Point{})
}

func rectangle(x, y, w, h float64) [][2]float64 {
	return [][2]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}
}

func circle(x, y, r float64) (out [][2]float64) {
	const sides = 72
	for i := range sides {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / sides)
		out = append(out, [2]float64{x + r*cos, y + r*sin})
	}
	return out
}

// bow is points of a curve that leaves and arrives horizontally.
func bow(s *pdf.Shape) (out [][2]float64) {
	const steps = 24
	half := (s.X + s.W) / 2
	for i := range steps + 1 {
		t := float64(i) / steps
		u := 1 - t
		out = append(out, [2]float64{u*u*u*s.X + 3*u*t*half + t*t*t*s.W, (u*u*u+3*u*u*t)*s.Y + (3*u*t*t+t*t*t)*s.H})
	}
	return out
}

// ribbon is the outline of a line so wide.
func ribbon(line [][2]float64, width float64) [][2]float64 {
	var there, back [][2]float64
	for i, p := range line {
		from, to := line[max(0, i-1)], line[min(len(line)-1, i+1)]
		dx, dy := to[0]-from[0], to[1]-from[1]
		far := max(math.Hypot(dx, dy), 1e-9)
		dx, dy = dx/far*width/2, dy/far*width/2
		there = append(there, [2]float64{p[0] - dy, p[1] + dx})
		back = append(back, [2]float64{p[0] + dy, p[1] - dx})
	}
	for i := len(back) - 1; i >= 0; i-- {
		there = append(there, back[i])
	}
	return there
}

// write sets words on their baseline.
func (c *canvas) write(s *pdf.Shape) error {
	key := face{s.Strong, s.Size}
	f := c.faces[key]
	if f == nil {
		data := goregular.TTF
		if s.Strong {
			data = gobold.TTF
		}
		parsed, err := opentype.Parse(data)
		if err != nil {
			return err
		}
		if f, err = opentype.NewFace(parsed, &opentype.FaceOptions{Size: s.Size * pixels, DPI: 72}); err != nil {
			return err
		}
		c.faces[key] = f
	}
	d := font.Drawer{Dst: c, Src: image.NewUniform(color.Gray{Y: uint8(255 * min(max(s.Gray, 0), 1))}), Face: f}
	wide := float64(d.MeasureString(s.Text)) / 64
	d.Dot = fixed.Point26_6{X: fixed.Int26_6(64 * (s.X*pixels - wide*s.At)), Y: fixed.Int26_6(64 * s.Y * pixels)}
	d.DrawString(s.Text)
	return nil
}
