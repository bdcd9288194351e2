import { ByteDictionary } from '../byte-dictionary.ts'
import { growingFloat64, growingInt32 } from '../growing.ts'

/** The values that the objects of one type had over time, in columns: one row for each value of an attribute. */
export class ObjectValues {
  readonly #names = new ByteDictionary()
  readonly #values = new ByteDictionary()
  readonly #object = growingInt32()
  readonly #name = growingInt32()
  readonly #value = growingInt32()
  readonly #from = growingFloat64()

  add(object: number, name: string, value: string, from: number): void {
    this.#object.push(object)
    this.#name.push(this.#names.codeOfText(name))
    this.#value.push(this.#values.codeOfText(value))
    this.#from.push(from)
  }

  names(): string[] {
    return this.#names.texts()
  }

  /**
   * For each object, the value of an attribute that held at a moment: the latest that is not after it, equal times as in
   * the source. Calls back with object and value, and returns how many values are after their object's moment.
   */
  at(
    name: number,
    objects: number,
    momentOf: (object: number) => number,
    take: (object: number, value: string) => void,
  ): number {
    const best = new Int32Array(objects).fill(-1)
    let later = 0
    for (let i = 0; i < this.#name.length; i++) {
      if (this.#name.get(i) !== name) continue
      const object = this.#object.get(i)
      const moment = momentOf(object)
      if (Number.isNaN(moment)) continue
      const from = this.#from.get(i)
      if (from > moment) later++
      else {
        const before = best[object] as number
        if (before < 0 || this.#from.get(before) <= from) best[object] = i
      }
    }
    for (let object = 0; object < objects; object++) {
      const found = best[object] as number
      if (found >= 0) take(object, this.#values.text(this.#value.get(found)))
    }
    return later
  }
}
