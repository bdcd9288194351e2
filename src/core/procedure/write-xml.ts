// Text that an XML document holds, written so that reading gives it back.

/** Text between tags or in quotes; white space that a reader would change is written as references. */
export const xmlText = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (sign) => {
    const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
    return names[sign] ?? `&#${sign.charCodeAt(0)};`
  })

/** Whether XML 1.0 can hold a text at all: most control characters and lone surrogates it cannot. */
export function fitsXml(text: string): boolean {
  if (!text.isWellFormed()) return false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || code >= 0xfffe) return false
  }
  return true
}

const isXmlId = (text: string): boolean => /^[A-Za-z_][\w.-]*$/.test(text)

/** Gives each thing an id that XML allows and that no other has: its own where that will do. */
export class XmlIds {
  readonly #taken = new Set<string>()
  readonly #reserved: ReadonlySet<string>
  readonly #last = new Map<string, number>()

  /** `wanted` are the ids that are given only to those who ask for them by name. */
  constructor(wanted: Iterable<string> = []) {
    this.#reserved = new Set(wanted)
  }

  /** The wished id, or `prefix` and a number. */
  give(wish: string, prefix: string): string {
    let id = wish
    let number = this.#last.get(prefix) ?? 0
    while (!isXmlId(id) || this.#taken.has(id) || (id !== wish && this.#reserved.has(id))) {
      number += 1
      id = `${prefix}${number}`
    }
    this.#last.set(prefix, number)
    this.#taken.add(id)
    return id
  }
}
