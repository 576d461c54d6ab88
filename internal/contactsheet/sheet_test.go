package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"testing"
)

func picture(t *testing.T, w, h int, c color.Color) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestComposeKeepsEveryPicture(t *testing.T) {
	red, blue := color.RGBA{R: 200, A: 255}, color.RGBA{B: 200, A: 255}
	sheet, err := compose([]row{
		{picture(t, 100, 60, red), picture(t, 100, 80, blue)},
		{picture(t, 100, 40, blue)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := sheet.Bounds(), image.Rect(0, 0, 2*50+3*gap, 40+20+3*gap); got != want {
		t.Errorf("sheet is %v, want %v", got, want)
	}
	for _, c := range []struct {
		x, y int
		want color.Color
	}{
		{gap, gap, red},
		{gap + 49, gap + 29, red},
		{2*gap + 50, gap + 39, blue},
		{gap, 2*gap + 40, blue}, // under the higher picture of the first row
	} {
		if got := sheet.At(c.x, c.y); got != c.want {
			t.Errorf("pixel %d,%d is %v, want %v", c.x, c.y, got, c.want)
		}
	}
}

func TestComposeRefusesWhatIsNoPicture(t *testing.T) {
	if _, err := compose([]row{{[]byte("<html>")}}); err == nil {
		t.Error("no error")
	}
}
