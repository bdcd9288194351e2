interface Point {
  readonly millions: number
  readonly wall: number
  readonly cpu: number
  readonly peak: number
}

const WIDTH = 760
const HEIGHT = 330
const PANEL = { left: 62, top: 46, width: 290, height: 220 }
const ink = '#3c4650'

interface Line {
  readonly name: string
  readonly colour: string
  readonly of: (point: Point) => number
}

/** A round number at or above a value. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 1.2, 1.6, 2, 2.4, 4, 5, 8, 10].find((step) => step * power >= value) ?? 10) * power
}

function panel(
  offset: number,
  title: string,
  points: readonly Point[],
  lines: readonly Line[],
  limit?: number,
): string {
  const left = offset + PANEL.left
  const bottom = PANEL.top + PANEL.height
  const most = roundUp(Math.max(limit ?? 0, ...points.flatMap((point) => lines.map(({ of }) => of(point)))))
  const furthest = Math.max(...points.map(({ millions }) => millions))
  const x = (millions: number): number => left + (millions / furthest) * PANEL.width
  const y = (value: number): number => bottom - (value / most) * PANEL.height
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const at = y(part * most)
    return `<line x1="${left}" x2="${left + PANEL.width}" y1="${at}" y2="${at}" stroke="#e3e7eb"/><text x="${left - 8}" y="${at + 4}" text-anchor="end">${(part * most).toLocaleString('en')}</text>`
  })
  const ticks = points.map(
    ({ millions }) => `<text x="${x(millions)}" y="${bottom + 18}" text-anchor="middle">${millions}</text>`,
  )
  const drawn = lines.map(({ name, colour, of }, place) => {
    const path = points.map((point) => `${x(point.millions).toFixed(1)},${y(of(point)).toFixed(1)}`)
    const dots = path.map((at) => {
      const [cx, cy] = at.split(',')
      return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>`
    })
    const last = points.at(-1) as Point
    const label = `<text x="${x(last.millions) - 6}" y="${y(of(last)) + (place === 0 ? 34 : -9)}" text-anchor="end" fill="${colour}" font-weight="600">${name}</text>`
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join('')}${label}`
  })
  const bound =
    limit === undefined
      ? ''
      : `<line x1="${left}" x2="${left + PANEL.width}" y1="${y(limit)}" y2="${y(limit)}" stroke="#b3261e" stroke-dasharray="5 4"/><text x="${left + 4}" y="${y(limit) - 6}" fill="#b3261e">${limit.toLocaleString('en')} MiB</text>`
  return `<text x="${left}" y="24" font-weight="600">${title}</text>${grid.join('')}${ticks.join('')}<text x="${left + PANEL.width / 2}" y="${bottom + 40}" text-anchor="middle">million events</text>${bound}${drawn.join('')}`
}

/** Time and memory over the size of the log, as SVG. */
export function curve(points: readonly Point[]): string {
  const time = panel(0, 'CSV to all answers, seconds', points, [
    { name: 'CPU', colour: '#8a6d1f', of: ({ cpu }) => cpu },
    { name: 'wall', colour: '#1f6f78', of: ({ wall }) => wall },
  ])
  const memory = panel(
    WIDTH / 2,
    'peak resident memory, MiB',
    points,
    [{ name: 'peak', colour: '#1f6f78', of: ({ peak }) => peak }],
    1024,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="${ink}" role="img" aria-label="Time and peak memory over one to twenty million events"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>${time}${memory}</svg>\n`
}
