import { writeFile } from 'node:fs/promises'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'

/** Writes a file that a command was asked for. Refusal: `input.unwritable`. */
export async function writeOutput(path: string, text: string): Promise<true | Refusal> {
  try {
    await writeFile(path, text)
    return true
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code
    if (why === undefined) throw error
    return refuse('input.unwritable', { file: path, why })
  }
}
