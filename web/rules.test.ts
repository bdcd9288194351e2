import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const app = join(import.meta.dirname, 'app')
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('generated'))
    .map((name) => join(folder, name))
const read = (file: string): string => readFileSync(file, 'utf8')

const portal = filesOf(join(app, 'portal'))
const console_ = filesOf(join(app, 'console'))
const all = filesOf(app)

/** The lines of a portal file that would send script or styles that the policy blocks. */
export const scriptOf = (source: string): boolean =>
  /client:\s*true|<Scripts|\bon[A-Z]\w+=\{|\bstyle=|\.client\.tsx?'/.test(source)

describe('the portal', () => {
  it('is there', () => {
    expect(portal.length).toBeGreaterThan(5)
  })
  it('ships no script: no route asks for it, no element listens, nothing of the console is imported', () => {
    expect(portal.filter((file) => scriptOf(read(file)))).toEqual([])
  })
  it('would be caught if it did', () => {
    expect(scriptOf('export const handle = { client: true }')).toBe(true)
    expect(scriptOf('<button onClick={open}>')).toBe(true)
    expect(scriptOf('<p style={{ color }}>')).toBe(true)
  })
})

describe('the console', () => {
  it('keeps its views out of the server: every view is a .client.tsx, every route a small wrapper', () => {
    const views = console_.filter((file) => file.endsWith('.tsx') && !file.endsWith('.client.tsx'))
    expect(views.length).toBeGreaterThan(8)
    expect(views.filter((file) => !/(?:page|layout)\.tsx$/.test(file))).toEqual([])
    expect(views.filter((file) => read(file).split('\n').length > 45)).toEqual([])
  })
})

describe('the web app', () => {
  it('knows the server only through the API: it imports nothing from src', () => {
    expect(all.length).toBeGreaterThan(30)
    expect(all.filter((file) => /from '[^']*\/src\//.test(read(file)))).toEqual([])
  })
  it('is the only part that imports React Router', () => {
    const src = filesOf(join(import.meta.dirname, '..', 'src'))
    expect(src.length).toBeGreaterThan(50)
    expect(src.filter((file) => /from 'react-router|import\('react-router/.test(read(file)))).toEqual([])
  })
  it('writes colours in its tokens alone', () => {
    const styles = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(?:css|tsx)$/.test(name) && !name.endsWith('tokens.css'),
    )
    expect(styles.length).toBeGreaterThan(20)
    const withHex = styles.filter((name) => /#[0-9A-Fa-f]{6}\b|:\s*#[0-9A-Fa-f]{3}\b/.test(read(join(app, name))))
    expect(withHex).toEqual([])
  })
})
