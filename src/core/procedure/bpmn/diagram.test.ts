import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDiagram } from './diagram.ts'
import { drawProcedure } from './lay-out.ts'
import { readBpmn } from './read-bpmn.ts'

const xml = readFileSync(join(import.meta.dirname, '../fixtures/sound.bpmn'), 'utf8')

async function drawn() {
  const result = await drawProcedure(xml)
  if ('kind' in result) throw new Error(result.says.en)
  return result
}

describe('the diagram of a procedure', () => {
  it('is laid out where the file has none: every node placed apart, every flow joined', async () => {
    expect(readDiagram(xml)).toBeNull()
    const { diagram } = await drawn()
    expect(diagram.nodes.map(({ id }) => id).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'j', 's'])
    expect(diagram.edges.map(({ from, to }) => `${from}>${to}`).sort()).toEqual([
      'a>f',
      'b>j',
      'c>j',
      'd>e',
      'f>b',
      'f>c',
      'j>d',
      's>a',
    ])
    for (const one of diagram.nodes) {
      for (const other of diagram.nodes) {
        const apart =
          one === other ||
          one.x + one.w <= other.x ||
          other.x + other.w <= one.x ||
          one.y + one.h <= other.y ||
          other.y + other.h <= one.y
        expect([one.id, other.id, apart]).toEqual([one.id, other.id, true])
      }
    }
  })
  it('frames all of its nodes and says their names and kinds', async () => {
    const { diagram } = await drawn()
    const { x, y, w, h, nodes } = diagram
    expect(
      nodes.every((node) => node.x >= x && node.y >= y && node.x + node.w <= x + w && node.y + node.h <= y + h),
    ).toBe(true)
    expect(nodes.find(({ id }) => id === 'd')).toMatchObject({ kind: 'task', label: '决定' })
  })
  it('stays as drawn where the file has one, and changes nothing that the net says', async () => {
    const first = await drawn()
    const again = await drawProcedure(first.xml)
    expect(again).toEqual(first)
    expect(readBpmn(first.xml)).toEqual(readBpmn(xml))
  })
  it('is refused for XML that is broken', async () => {
    expect(await drawProcedure(xml.slice(0, 500))).toMatchObject({ code: 'xml.broken' })
  })
})
