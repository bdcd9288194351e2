import { type Label, type ListStyle, readLabel } from './labels.ts'
import { type BodyLine, bodyLines, separate } from './lines.ts'
import type { LawNode, LawNodeKind, LawNote } from './node.ts'

/** A body taken apart. */
export interface ParsedBody {
  readonly nodes: readonly LawNode[]
  readonly notes: readonly LawNote[]
  /** How many nodes of kind article there are. */
  readonly articles: number
}

/** The body as it was before it was taken apart, character by character. */
export const assemble = (nodes: Iterable<Pick<LawNode, 'label' | 'text' | 'tail'>>): string => {
  let body = ''
  for (const node of nodes) body += node.label + node.text + node.tail
  return body
}

/**
 * Takes a statute's body apart: 编/章/节 → 条 → 款 → 项 → further list levels, with preamble and annexes. Every line becomes
 * a node, so `assemble` of the nodes is the body; what looks wrong (numbering that skips or restarts, a label without its
 * blank, articles run together on one line) is noted, never repaired. `firstLine` is the body's first line in its file.
 */
export function parseBody(body: string, firstLine = 1): ParsedBody {
  const { head, lines } = bodyLines(body)
  const building = new Building(firstLine, lines)
  building.root(head)
  lines.forEach((line, index) => {
    for (const part of separate(line, building.articleBefore)) building.take(part, lines, index + 1)
  })
  return { nodes: building.nodes, notes: building.notes, articles: building.articles }
}

const DIVISION_KINDS: ReadonlySet<LawNodeKind> = new Set(['part', 'chapter', 'section'])

/** A short line without a sentence's end: the second line of a heading that was broken in two. */
const isTitleLike = (content: string): boolean => content.length <= 40 && !/[。；：]/.test(content)

interface OpenList {
  readonly style: ListStyle
  readonly node: number
  number: number
}

class Building {
  readonly nodes: LawNode[] = []
  readonly notes: LawNote[] = []
  articles = 0
  articleBefore = 0
  #insertedBefore = 0
  readonly #firstLine: number
  readonly #pointsCount: boolean
  readonly #taken = new Map<string, number>()
  /** Open divisions, outermost first. */
  #divisions: { readonly level: 'part' | 'chapter' | 'section'; readonly node: number }[] = []
  #divisionBefore = { part: 0, chapter: 0, section: 0 }
  /** The article, point, preamble or annex that paragraphs now go into. */
  #holder: number | null = null
  #paragraph: number | null = null
  #paragraphs = 0
  #lists: OpenList[] = []
  #pointBefore = 0
  #headings = 0
  #marks = 0
  #annexes = 0
  #preamble: { node: number; paragraphs: number } | null = null

  constructor(firstLine: number, lines: readonly BodyLine[]) {
    this.#firstLine = firstLine
    this.#pointsCount = !lines.some((line) => readLabel(line.content).kind === 'article')
  }

  root(head: string): void {
    this.#add('body', '', null, '', '', head)
  }

  /** Takes one line; the lines from `next` on are what follows it. */
  take(line: BodyLine, lines: readonly BodyLine[], next: number): void {
    const label = readLabel(line.content)
    if (!line.first && label.kind === 'article') this.#note('run-together', line)
    if (label.kind === 'mark') this.#mark(label.rest, line)
    else if (label.kind === 'annex' && this.#inText) this.#annex(label, line)
    else if (label.kind === 'division' && this.#annexes === 0) this.#division(label, line)
    else if (label.kind === 'division' || label.kind === 'heading') this.#heading(label, line)
    else if (label.kind === 'article' && this.#isArticle(label)) this.#article(label, line)
    else if (label.kind === 'list') this.#list(label, line)
    else this.#unlabelled(line, label.kind === 'text' ? this.#resumed(lines, next) : null)
  }

  #mark(text: string, line: BodyLine): void {
    this.#marks += 1
    this.#add('mark', `mark-${this.#marks}`, this.#holder ?? 0, '', text, line.tail)
  }

  #list(label: Label & { kind: 'list' }, line: BodyLine): void {
    if (this.#isPoint(label)) this.#point(label, line)
    else if (this.#holder !== null) this.#item(label, line)
    else if (label.heading) this.#heading(label, line)
    else this.#loose(line)
  }

  #unlabelled(line: BodyLine, resumed: OpenList | null): void {
    if (resumed !== null) this.#continuation(resumed, line)
    else if (this.#holder === null) this.#loose(line)
    else this.#addParagraph(line.content, line.tail)
  }

  /** True once the provisions have begun: an annex stands after them. */
  get #inText(): boolean {
    return this.articles > 0 || this.#pointBefore > 0 || this.#annexes > 0
  }

  #isArticle(label: Label & { kind: 'article' }): boolean {
    if (this.#annexes > 0) return label.regular
    return (
      label.regular ||
      (label.inserted === 0 && label.number === this.articleBefore + 1) ||
      (label.number === this.articleBefore && label.inserted === this.#insertedBefore + 1)
    )
  }

  #isPoint(label: Label & { kind: 'list' }): boolean {
    return this.#pointsCount && this.#annexes === 0 && label.style === '一、'
  }

  #division(label: Label & { kind: 'division' }, line: BodyLine): void {
    const order = ['part', 'chapter', 'section'] as const
    const depth = order.indexOf(label.level)
    const before = this.#divisionBefore[label.level]
    const restartsInPart = label.level === 'chapter' && label.number === 1 && this.#divisionBefore.part > 0
    if (!restartsInPart) this.#count(label.number, before, line, `${before + 1}`)
    this.#divisionBefore[label.level] = label.number
    for (const inner of order.slice(depth + 1)) if (inner === 'section') this.#divisionBefore[inner] = 0
    this.#divisions = this.#divisions.filter((open) => order.indexOf(open.level) < depth)
    const parent = this.#divisions.at(-1)
    const address = `${parent === undefined ? '' : `${this.#address(parent.node)}.`}${label.level}-${label.number}`
    this.#close()
    const node = this.#add(label.level, address, parent?.node ?? 0, label.label, label.rest, line.tail)
    this.#divisions.push({ level: label.level, node })
  }

  #heading(label: { readonly label: string; readonly rest: string }, line: BodyLine): void {
    const parent = this.#annexes > 0 ? (this.#holder ?? 0) : 0
    this.#headings += 1
    this.#paragraph = null
    this.#lists = []
    if (this.#annexes === 0) {
      this.#close()
      this.#divisions = []
    }
    this.#add('heading', `heading-${this.#headings}`, parent, label.label, label.rest, line.tail)
  }

  #article(label: Label & { kind: 'article' }, line: BodyLine): void {
    if (!label.regular) this.#note('irregular-label', line)
    if (this.#annexes === 0) {
      const follows = label.inserted > 0 && label.number === this.articleBefore
      if (follows)
        this.#count(label.inserted, this.#insertedBefore, line, `${label.number}-${this.#insertedBefore + 1}`)
      else this.#count(label.number, this.articleBefore, line, `${this.articleBefore + 1}`)
      this.articleBefore = label.number
      this.#insertedBefore = label.inserted
    }
    const number = label.inserted === 0 ? `${label.number}` : `${label.number}-${label.inserted}`
    const address = this.#annexes > 0 ? `annex-${this.#annexes}.article-${number}` : number
    this.articles += 1
    this.#close()
    this.#holder = this.#add('article', address, this.#divisions.at(-1)?.node ?? 0, label.label, '', '')
    this.#first(label.rest, line)
  }

  #point(label: Label & { kind: 'list' }, line: BodyLine): void {
    this.#count(label.number, this.#pointBefore, line, `${this.#pointBefore + 1}`)
    this.#pointBefore = label.number
    this.#close()
    const parent = this.#divisions.at(-1)?.node ?? 0
    if (label.heading) {
      this.#holder = this.#add('point', `${label.number}`, parent, label.label, label.rest, line.tail)
      return
    }
    this.#holder = this.#add('point', `${label.number}`, parent, label.label, '', '')
    this.#first(label.rest, line)
  }

  #annex(label: { readonly label: string; readonly rest: string }, line: BodyLine): void {
    this.#annexes += 1
    this.#close()
    this.#divisions = []
    this.#holder = this.#add('annex', `annex-${this.#annexes}`, 0, label.label, label.rest, line.tail)
  }

  /** The first paragraph of an article or point: what stands on the line of its label. */
  #first(rest: string, line: BodyLine): void {
    const label = readLabel(rest)
    if (label.kind !== 'list') {
      this.#addParagraph(rest, line.tail)
      return
    }
    this.#addParagraph('', '')
    this.#item(label, line)
  }

  #item(label: Label & { kind: 'list' }, line: BodyLine): void {
    if (this.#paragraph === null) this.#addParagraph('', '')
    const open = this.#lists.findIndex((list) => list.style === label.style)
    if (open >= 0) this.#lists = this.#lists.slice(0, open + 1)
    const same = open >= 0 ? this.#lists.pop() : undefined
    const parent = this.#lists.at(-1)?.node ?? this.#paragraph ?? 0
    const before = same?.number ?? 0
    if (this.#annexes === 0) this.#count(label.number, before, line, `${before + 1}`)
    const address = `${this.#address(parent)}.${label.number}`
    const node = this.#add('item', address, parent, label.label, label.rest, line.tail)
    this.#lists.push({ style: label.style, node, number: label.number })
  }

  /** The open list that counts on after a line without a label: then that line belongs to the item before it. */
  #resumed(lines: readonly BodyLine[], next: number): OpenList | null {
    if (this.#lists.length === 0) return null
    for (let index = next; index < lines.length; index += 1) {
      const label = readLabel(lines[index]?.content ?? '')
      if (label.kind === 'text' || label.kind === 'mark') continue
      if (label.kind !== 'list') return null
      return this.#lists.find((list) => list.style === label.style && list.number + 1 === label.number) ?? null
    }
    return null
  }

  #continuation(list: OpenList, line: BodyLine): void {
    this.#lists = this.#lists.slice(0, this.#lists.indexOf(list) + 1)
    const address = `${this.#address(list.node)}.text`
    this.#add('paragraph', address, list.node, '', line.content, line.tail)
  }

  /** A line that stands in no article: before the first it is preamble, elsewhere nobody can say what it belongs to. */
  #loose(line: BodyLine): void {
    const before = this.nodes.at(-1)
    if (before !== undefined && DIVISION_KINDS.has(before.kind) && isTitleLike(line.content)) {
      this.#add('heading', `${before.address}.title`, this.nodes.length - 1, '', line.content, line.tail)
      return
    }
    if (this.#inText) this.#note('not-understood', line)
    if (this.#preamble === null) {
      const node = this.#add('preamble', 'preamble', 0, '', '', '')
      this.#preamble = { node, paragraphs: 0 }
    }
    this.#preamble.paragraphs += 1
    const address = `preamble.${this.#preamble.paragraphs}`
    this.#add('paragraph', address, this.#preamble.node, '', line.content, line.tail)
  }

  #addParagraph(text: string, tail: string): void {
    const holder = this.#holder ?? 0
    this.#paragraphs += 1
    this.#lists = []
    this.#paragraph = this.#add('paragraph', `${this.#address(holder)}.${this.#paragraphs}`, holder, '', text, tail)
  }

  #close(): void {
    this.#holder = null
    this.#paragraph = null
    this.#paragraphs = 0
    this.#lists = []
  }

  #address(node: number): string {
    return this.nodes[node]?.address ?? ''
  }

  /** Adds a node; a second piece with the same address gets `~2`, a third `~3`, so that every piece can be addressed. */
  #add(kind: LawNodeKind, wanted: string, parent: number | null, label: string, text: string, tail: string): number {
    const times = (this.#taken.get(wanted) ?? 0) + 1
    this.#taken.set(wanted, times)
    const address = times === 1 ? wanted : `${wanted}~${times}`
    return this.nodes.push({ kind, address, parent, label, text, tail }) - 1
  }

  #count(found: number, before: number, line: BodyLine, expected: string): void {
    if (found === before + 1) return
    const kind = before === 0 ? 'numbering-starts-late' : found <= before ? 'numbering-restarts' : 'numbering-skips'
    this.#note(kind, line, { expected, found: `${found}` })
  }

  #note(kind: LawNote['kind'], line: BodyLine, more: { expected?: string; found?: string } = {}): void {
    const shows = line.content.length > 40 ? `${line.content.slice(0, 40)}…` : line.content
    this.notes.push({ kind, line: this.#firstLine + line.line - 1, shows, ...more })
  }
}
