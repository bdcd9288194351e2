import { refuse } from '../../../core/refusal/refusal.ts'
import type { ReadLimits } from '../limits.ts'
import { Stopped } from '../stopped.ts'
import { readPart } from './xml-part.ts'
import type { ZipFile } from './zip-file.ts'

const LIMIT = 1024 * 1024 * 1024

/** `_x000D_` is how a workbook writes a character that XML has no room for. */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
}

/** The texts that the cells of a workbook share, as UTF-8 bytes in one heap: cells copy them without making strings. */
export class SharedTexts {
  heap = Buffer.alloc(1024)
  #ends = new Int32Array(64)
  #count = 0

  get count(): number {
    return this.#count
  }

  start(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] as number)
  }

  end(index: number): number {
    return this.#ends[index] as number
  }

  /** Reads the part of shared texts; the runs of a rich text are joined, readings in another script are passed over. */
  async read(zip: ZipFile, part: string, limits: ReadLimits): Promise<void> {
    let text = ''
    let taking = false
    let phonetic = 0
    await readPart(zip, part, limits.rowBytes, {
      open(name) {
        if (name === 'si') text = ''
        else if (name === 'rPh') phonetic++
        else if (name === 't') taking = phonetic === 0
      },
      text(piece) {
        if (!taking) return
        text += piece
        if (text.length > limits.rowBytes) {
          throw new Stopped(refuse('table.row-too-long', { file: zip.file, row: 1 }, { place: { file: zip.file } }))
        }
      },
      close: (name) => {
        if (name === 't') taking = false
        else if (name === 'rPh') phonetic--
        else if (name === 'si') this.#append(zip.file, unescaped(text))
      },
    })
  }

  #append(file: string, text: string): void {
    const start = this.#count === 0 ? 0 : (this.#ends[this.#count - 1] as number)
    const most = start + text.length * 3
    if (most > this.heap.length) {
      if (most > LIMIT) {
        throw new Stopped(refuse('table.too-big', { file, unpacked: LIMIT / 1048576 }, { place: { file } }))
      }
      const grown = Buffer.allocUnsafe(Math.min(LIMIT, Math.max(most, this.heap.length * 2)))
      this.heap.copy(grown, 0, 0, start)
      this.heap = grown
    }
    if (this.#count === this.#ends.length) {
      const ends = new Int32Array(this.#count * 2)
      ends.set(this.#ends)
      this.#ends = ends
    }
    this.#ends[this.#count++] = start + this.heap.write(text, start, 'utf8')
  }
}
