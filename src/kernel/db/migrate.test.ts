import { readFileSync } from 'node:fs'
import { basename, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { programFolder } from '../config/config.ts'
import { migrationFiles } from './migrate.ts'

/** Who may use which numbers. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  kernel: [1, 9],
  'modules/trust': [10, 19],
  'modules/list': [20, 39],
  'modules/supervise': [40, 59],
  'modules/remedy': [60, 69],
}

const files = migrationFiles()
const numberOf = (file: string): number => Number(basename(file).slice(0, 4))

describe('migrations', () => {
  it('were found', () => {
    expect(files.length).toBeGreaterThanOrEqual(2)
  })

  it('have each a number of their own', () => {
    const numbers = files.map(numberOf)
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it.each(files.map((file) => relative(programFolder, file)))('%s has a number of its owner’s range', (file) => {
    const owner = Object.keys(ranges).find((folder) => file.startsWith(`src/${folder}/`))
    const [first, last] = ranges[owner ?? ''] ?? [0, -1]
    expect(numberOf(file)).toBeGreaterThanOrEqual(first)
    expect(numberOf(file)).toBeLessThanOrEqual(last)
  })

  it.each(files.map((file) => relative(programFolder, file)))('%s says first what it breaks', (file) => {
    expect(readFileSync(`${programFolder}/${file}`, 'utf8').split('\n')[0]).toMatch(/^-- Breakage: \S/)
  })

  it.each(files.map((file) => relative(programFolder, file)))('%s names no column a bare "at" or "on"', (file) => {
    expect(readFileSync(`${programFolder}/${file}`, 'utf8')).not.toMatch(
      /^\s+"?(?:at|on)"?\s+(?:date|timestamptz|timestamp)/im,
    )
  })
})
