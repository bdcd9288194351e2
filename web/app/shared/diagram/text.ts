const wide = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/

/** How wide a text is drawn, in ems: a han glyph is one, a Latin letter about half. */
export function widthOf(text: string): number {
  let ems = 0
  for (const glyph of text) ems += wide.test(glyph) ? 1 : 0.56
  return ems
}

/** Breaks a label into lines of at most `ems`: between words, or between han glyphs; the last of `most` lines is cut. */
export function linesOf(label: string, ems: number, most: number): string[] {
  const pieces =
    label.match(/[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s+/g) ?? []
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && widthOf(line + piece) > ems) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else {
      line += piece
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  const last = kept[most - 1] ?? ''
  kept[most - 1] = `${last.slice(0, Math.max(1, last.length - 1))}…`
  return kept
}
