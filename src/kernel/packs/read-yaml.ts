// Reading a pack's YAML file from disk.
import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { parseYaml } from './parse-yaml.ts'

/**
 * Reads a YAML file strictly and checks it against a schema (make it `z.strictObject`, so that an unknown key is refused).
 * Refusals: `pack.file-missing`, `pack.yaml-syntax`, `pack.shape`, with file and row.
 */
export async function readYaml<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | Refusal> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    return refuse('pack.file-missing', { file: path, why }, { place: { file: path } })
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('pack.yaml-syntax', { file: path, row: 1, why: 'not UTF-8' }, { place: { file: path, row: 1 } })
  }
  return parseYaml(text, schema, path)
}
