import type { Point } from './layered.ts'

/** A box by its middle. */
export interface Box extends Point {
  readonly width: number
  readonly height: number
}

/** So much room stays between a line and what it passes. */
const room = 5

/** Leaves out the bends of a way, from top to bottom, that it can do without touching a box. */
export function straighten(points: readonly Point[], boxes: readonly Box[]): readonly Point[] {
  const kept: Point[] = points.slice(0, 1)
  for (let at = 0; at < points.length - 1; ) {
    let next = points.length - 1
    while (next > at + 1 && boxes.some((box) => touches(points[at] as Point, points[next] as Point, box))) next--
    kept.push(points[next] as Point)
    at = next
  }
  return kept
}

/** Whether the line between two points, the first above the second, comes too near to a box. */
export function touches(from: Point, to: Point, box: Box): boolean {
  const top = Math.max(from.y, box.y - box.height / 2 - room)
  const bottom = Math.min(to.y, box.y + box.height / 2 + room)
  if (top >= bottom) return false
  const x = (y: number) => from.x + ((to.x - from.x) * (y - from.y)) / (to.y - from.y)
  const [left, right] = [Math.min(x(top), x(bottom)), Math.max(x(top), x(bottom))]
  return right > box.x - box.width / 2 - room && left < box.x + box.width / 2 + room
}
