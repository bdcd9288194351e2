import { describe, expect, it } from 'vitest'
import { readPnml } from './pnml.ts'
import { decodeXml } from './xml.ts'

interface Parts {
  places?: string
  arcs?: string
  final?: string
}

const net = ({ places, arcs, final }: Parts = {}): string => `<?xml version="1.0"?>
<pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml"><net id="n"><page id="g">
  ${places ?? '<place id="start"><initialMarking><text>1</text></initialMarking></place><place id="end"/>'}
  <transition id="t1"><name><text>受理</text></name></transition>
  <transition id="t2"><name><text>hid</text></name><toolspecific tool="ProM" version="6.4" activity="$invisible$"/></transition>
  <transition id="t3"/>
  ${arcs ?? '<arc id="a" source="start" target="t1"/><arc id="b" source="t1" target="end"/>'}
</page>${final ?? '<finalmarkings><marking><place idref="end"><text>1</text></place></marking></finalmarkings>'}</net></pnml>`

const codeOf = (xml: string): string => {
  const read = readPnml(xml)
  return 'kind' in read ? read.code : 'read'
}

describe('a net in PNML', () => {
  it('is read with its labels, its markings and its silent steps', () => {
    expect(readPnml(net())).toEqual({
      places: [{ id: 'start' }, { id: 'end' }],
      transitions: [
        { id: 't1', label: '受理', inputs: [0], outputs: [1] },
        { id: 't2', label: null, inputs: [], outputs: [] },
        { id: 't3', label: null, inputs: [], outputs: [] },
      ],
      initial: [0],
      final: [1],
    })
  })
  it('ends in its one sink and starts in its one source where it states no marking', () => {
    expect(readPnml(net({ final: '', places: '<place id="start"/><place id="end"/>' }))).toMatchObject({
      initial: [0],
      final: [1],
    })
  })
  it('reads an arc from place to transition where one id names both', () => {
    const arcs = '<arc id="a" source="start" target="t1"/><arc id="b" source="t1" target="t2"/>'
    const places = '<place id="start"><initialMarking><text>1</text></initialMarking></place><place id="t2"/>'
    const final = '<finalmarkings><marking><place idref="t2"><text>1</text></place></marking></finalmarkings>'
    expect(readPnml(net({ places, arcs, final }))).toMatchObject({
      transitions: [{ outputs: [1] }, { inputs: [] }, {}],
    })
    const both = '<arc id="a" source="t2" target="t2"/>'
    expect(readPnml(net({ places, arcs: both, final }))).toMatchObject({
      transitions: [{}, { inputs: [1], outputs: [] }, {}],
    })
  })
})

describe('a net that cannot be judged is refused by name', () => {
  const arc = (inside: string) => net({ arcs: `<arc id="a" source="start" target="t1">${inside}</arc>` })
  const place = '<place id="start"><initialMarking><text>1</text></initialMarking></place>'
  it.each([
    ['an arc of weight 2', arc('<inscription><text>2</text></inscription>'), 'net.arc-weight'],
    [
      'the same arc drawn twice',
      net({ arcs: '<arc id="a" source="start" target="t1"/><arc id="b" source="start" target="t1"/>' }),
      'net.arc-weight',
    ],
    ['an inhibitor arc', arc('<arctype><text>inhibitor</text></arctype>'), 'net.arc-kind'],
    ['an arc from nowhere', net({ arcs: '<arc id="a" source="ghost" target="t1"/>' }), 'net.missing-node'],
    ['an arc to nowhere', net({ arcs: '<arc id="a" source="start" target="ghost"/>' }), 'net.missing-node'],
    ['an arc between places', net({ arcs: '<arc id="a" source="start" target="end"/>' }), 'net.same-kind'],
    ['an id used twice', net({ places: `${place}<place id="start"/>` }), 'net.id-twice'],
    ['a place without an id', net({ places: `${place}<place/>` }), 'net.no-id'],
    [
      'a marking of minus one',
      net({ places: '<place id="start"><initialMarking><text>-1</text></initialMarking></place><place id="end"/>' }),
      'net.marking',
    ],
    [
      'a reference place',
      net({ places: `${place}<place id="end"/><referencePlace id="r" ref="end"/>` }),
      'net.reference-node',
    ],
    [
      'a final marking on no place',
      net({ final: '<finalmarkings><marking><place idref="ghost"><text>1</text></place></marking></finalmarkings>' }),
      'net.missing-node',
    ],
    [
      'two final markings',
      net({
        final:
          '<finalmarkings><marking><place idref="end"><text>1</text></place></marking><marking><place idref="start"><text>1</text></place></marking></finalmarkings>',
      }),
      'net.several-finals',
    ],
    [
      'no end that could be told',
      net({
        final: '',
        places: `${place}<place id="end"/><place id="other"/>`,
        arcs: '<arc id="a" source="t1" target="end"/><arc id="b" source="t1" target="other"/>',
      }),
      'net.no-final',
    ],
    [
      'no start that could be told',
      net({ places: '<place id="start"/><place id="end"/><place id="other"/>' }),
      'net.no-initial',
    ],
    ['two nets', '<pnml><net id="a"/><net id="b"/></pnml>', 'net.one-net'],
    ['another kind of file', '<log/>', 'net.not-pnml'],
    ['a file cut short', net().slice(0, 400), 'xml.broken'],
    ['an empty file', '', 'xml.broken'],
    ['a document type', `<!DOCTYPE pnml [<!ENTITY a "aaaa">]>${net().replace(/<\?xml[^>]*>/, '')}`, 'xml.doctype'],
    ['an entity that nobody declared', '<pnml>&lol;</pnml>', 'xml.broken'],
    ['nesting without end', `<pnml>${'<page id="p">'.repeat(300)}${'</page>'.repeat(300)}</pnml>`, 'xml.too-deep'],
    ['a file of 17 million characters', `<pnml>${' '.repeat(17_000_000)}</pnml>`, 'xml.too-large'],
  ])('%s', (_, xml, code) => {
    expect(codeOf(xml)).toBe(code)
  })
  it('with the line where it goes wrong', () => {
    expect(readPnml(net({ arcs: '<arc id="a" source="start" target="ghost"/>' }), 'net.pnml')).toMatchObject({
      place: { file: 'net.pnml', row: 7 },
    })
  })
})

describe('the bytes of a file', () => {
  it('are read in the encoding that they declare or mark', () => {
    const gbk = new Uint8Array([
      ...new TextEncoder().encode('<?xml version="1.0" encoding="GB18030"?><a>'),
      0xca,
      0xdc,
      0xc0,
      0xed,
    ])
    expect(decodeXml(gbk)).toContain('受理')
    expect(decodeXml(new Uint8Array([0xff, 0xfe, 0x97, 0x53]))).toBe('受'.replace('受', '\u5397'))
    expect(decodeXml(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))).toBe('a')
  })
  it('are refused where a byte has no meaning or the encoding no name', () => {
    expect(decodeXml(new Uint8Array([0x3c, 0xff, 0xff]))).toMatchObject({ code: 'xml.encoding' })
    expect(decodeXml(new TextEncoder().encode('<?xml version="1.0" encoding="klingon"?>'))).toMatchObject({
      code: 'xml.encoding',
    })
  })
})
