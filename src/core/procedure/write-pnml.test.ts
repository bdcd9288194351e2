import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomNet, seeded } from './fixtures/random-net.ts'
import type { Net } from './net.ts'
import { netHash } from './net-hash.ts'
import { readPnml } from './pnml.ts'
import { writePnml } from './write-pnml.ts'
import { fitsXml } from './write-xml.ts'

const whole = (text: string): string => text

function writtenAndRead(net: Net, name = '网'): Net {
  const xml = writePnml(net, name)
  if (typeof xml !== 'string') throw new Error(xml.says.en)
  const read = readPnml(xml)
  if ('kind' in read) throw new Error(`${read.code}: ${read.says.en}\n${xml}`)
  return read
}

describe('a net written as PNML', () => {
  it('reads back as the same net, whatever its blocks, faults, tokens and ids', () => {
    const ids = fc.oneof(fc.constantFrom('a', 'ready f1', '受理·2', '1', 'a<b&"c"', ''), fc.string())
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(2),
        fc.boolean(),
        fc.array(ids, { maxLength: 8 }),
        fc.nat(3),
        (seed, faults, silent, names, more) => {
          const drawn = randomNet(seeded(seed), { faults, silent })
          const named = new Map(names.map((id, index) => [index, `${id}${index}`.replace(/[^\x20-\uD7FF]/g, '')]))
          const net: Net = {
            ...drawn,
            places: drawn.places.map(({ id }, index) => ({ id: named.get(index) ?? id })),
            // Places and transitions may share an id, and a diagram's element may be anything.
            transitions: drawn.transitions.map((step, index) => {
              const id = named.get(index) ?? step.id
              return {
                ...step,
                id,
                ...(index % 2 === 0 ? { element: `${id} 图` } : {}),
                inputs: sorted(step.inputs),
                outputs: sorted(step.outputs),
              }
            }),
            initial: [0, ...Array.from({ length: more }, () => 0)],
          }
          const read = writtenAndRead(net)
          expect(read).toEqual(net)
          expect(netHash(read, whole)).toBe(netHash(net, whole))
        },
      ),
    )
  })
  it('keeps every label that XML can hold, spaces and line breaks included', () => {
    const label = fc
      .string({ minLength: 1, unit: 'binary' })
      .filter((text) => fitsXml(text) && (!text.includes('\n') || text.trim() === text))
    fc.assert(
      fc.property(label, (text) => {
        const net: Net = {
          places: [{ id: 'a' }, { id: 'b' }],
          transitions: [{ id: 't', label: text, inputs: [0], outputs: [1] }],
          initial: [0],
          final: [1],
        }
        expect(writtenAndRead(net).transitions[0]?.label).toBe(text)
      }),
    )
  })
  it.each(['', '\u0000', 'a\u0008', ' 受理\n', '\ud800'])(
    'is refused for the label %j, which would not read back',
    (label) => {
      const net: Net = {
        places: [{ id: 'a' }, { id: 'b' }],
        transitions: [{ id: 't', label, inputs: [0], outputs: [1] }],
        initial: [0],
        final: [1],
      }
      expect(writePnml(net, '网')).toMatchObject({ code: 'net.unwritable' })
    },
  )
})

const sorted = (places: readonly number[]): number[] => [...places].sort((a, b) => a - b)
