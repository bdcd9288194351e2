/**
 * What a piece of a statute is. `body` is the root and holds the blank lines before the first piece; `heading` is one
 * without a number (序言, 附则); `point` stands where a text without articles counts 一、二、; `mark` is a line that says
 * nothing (a page-break comment, an invisible character), kept so that no character of a file is lost.
 */
export type LawNodeKind =
  | 'body'
  | 'part'
  | 'chapter'
  | 'section'
  | 'heading'
  | 'preamble'
  | 'article'
  | 'point'
  | 'paragraph'
  | 'item'
  | 'annex'
  | 'mark'

/**
 * One piece of a statute's text. Joined in order, `label + text + tail` of all pieces is the body, character by character.
 */
export interface LawNode {
  readonly kind: LawNodeKind
  /** Where it stands: `32.1.4` (article.paragraph.item), `32-1` (第三十二条之一), `chapter-2`, `preamble.3`, `annex-1.2`. */
  readonly address: string
  /** The position of the piece that holds it, null for the root. */
  readonly parent: number | null
  /** What counts it, as printed, with the blank after it: `第三十二条 `, `（四）`, `## 第一章 `. */
  readonly label: string
  readonly text: string
  /** Line ends and blanks up to the next piece. */
  readonly tail: string
}

/** Something about a file that a person should look at; `line` counts from 1 in the file. */
export interface LawNote {
  readonly kind:
    | 'numbering-restarts'
    | 'numbering-skips'
    | 'numbering-starts-late'
    | 'irregular-label'
    | 'run-together'
    | 'not-understood'
  readonly line: number
  /** What stands there, shortened. */
  readonly shows: string
  readonly expected?: string
  readonly found?: string
}
