package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// Gaps of the sheet, in pixels.
const gap = 24

// row is one chart in every language.
type row [][]byte // PNG pictures

// compose lays the pictures of each row side by side at half their size, so that
// a sheet of every series still opens in a viewer.
func compose(rows []row) (image.Image, error) {
	type cell struct {
		at  image.Point
		img image.Image
	}
	var cells []cell
	page := image.Rectangle{}
	y := gap
	for i, r := range rows {
		x, high := gap, 0
		for j, data := range r {
			full, err := png.Decode(bytes.NewReader(data))
			if err != nil {
				return nil, fmt.Errorf("reading picture %d of row %d: %w", j+1, i+1, err)
			}
			img := halve(full)
			cells = append(cells, cell{image.Pt(x, y), img})
			x += img.Bounds().Dx() + gap
			high = max(high, img.Bounds().Dy())
		}
		y += high + gap
		page = page.Union(image.Rect(0, 0, x, y))
	}
	sheet := image.NewRGBA(page)
	draw.Draw(sheet, page, image.NewUniform(color.Gray{Y: 0x9a}), image.Point{}, draw.Src)
	for _, c := range cells {
		draw.Draw(sheet, c.img.Bounds().Add(c.at), c.img, image.Point{}, draw.Src)
	}
	return sheet, nil
}

// halve averages each square of four pixels.
func halve(src image.Image) *image.RGBA {
	b := src.Bounds()
	full := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(full, full.Rect, src, b.Min, draw.Src)
	out := image.NewRGBA(image.Rect(0, 0, b.Dx()/2, b.Dy()/2))
	for y := range out.Rect.Dy() {
		upper, lower := full.Pix[2*y*full.Stride:], full.Pix[(2*y+1)*full.Stride:]
		line := out.Pix[y*out.Stride : (y+1)*out.Stride]
		for i := range line {
			at := i/4*8 + i%4 // the same channel of the left pixel
			sum := int(upper[at]) + int(upper[at+4]) + int(lower[at]) + int(lower[at+4])
			line[i] = uint8(sum / 4)
		}
	}
	return out
}
