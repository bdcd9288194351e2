import { ByteDictionary } from '../byte-dictionary.ts'
import { growingInt32 } from '../growing.ts'

/** A type of objects in a document: how many objects it has, and in how many places events touch one of them. */
export interface ObjectType {
  readonly name: string
  readonly objects: number
  readonly touched: number
}

/** Every object that a document defines or mentions, by a code: its type, and how often events touch it. */
export class ObjectIndex {
  readonly #ids = new ByteDictionary()
  readonly #typeOf = growingInt32()
  readonly #touched = growingInt32()
  readonly #types = new Map<string, number>()
  readonly #names: string[] = []
  /** Definitions that repeat an earlier object's id. */
  repeated = 0

  /** The code of an object by its id. */
  code(id: string): number {
    const code = this.#ids.codeOfText(id)
    while (this.#typeOf.length <= code) {
      this.#typeOf.push(-1)
      this.#touched.push(0)
    }
    return code
  }

  define(id: string, type: string): void {
    const code = this.code(id)
    if (this.#typeOf.get(code) >= 0) {
      this.repeated++
      return
    }
    const known = this.#types.get(type)
    const number = known ?? this.#names.push(type) - 1
    if (known === undefined) this.#types.set(type, number)
    this.#typeOf.set(code, number)
  }

  touch(id: string): void {
    const code = this.code(id)
    this.#touched.set(code, this.#touched.get(code) + 1)
  }

  get size(): number {
    return this.#typeOf.length
  }

  /** The type of an object; null where the document only mentions it. */
  typeOf(code: number): string | null {
    const type = this.#typeOf.get(code)
    return type < 0 ? null : (this.#names[type] as string)
  }

  /** The types, the most touched first. */
  types(): ObjectType[] {
    const counts = this.#names.map(() => ({ objects: 0, touched: 0 }))
    for (let code = 0; code < this.size; code++) {
      const count = counts[this.#typeOf.get(code)]
      if (count === undefined) continue
      count.objects++
      count.touched += this.#touched.get(code)
    }
    const types = this.#names.map((name, i) => ({ name, ...(counts[i] as { objects: number; touched: number }) }))
    return types.sort((a, b) => b.touched - a.touched || (a.name < b.name ? -1 : 1))
  }
}
