import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const readmes = ['README.md', 'README.zh-CN.md'].map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }))

/** The lines of the blocks marked `sh`, without their remarks. */
function commands(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#\s.*$/, '').trim())
      .filter((line) => line !== ''),
  )
}

const folder = mkdtempSync(join(tmpdir(), 'daylight-readme-'))
symlinkSync(join(root, 'packs'), join(folder, 'packs'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('The README', () => {
  it('shows the same commands in both languages, the two of npm first', () => {
    const [en, zh] = readmes.map(({ text }) => commands(text))
    expect(en?.slice(0, 2)).toEqual(['npm start', 'npm test'])
    expect(zh).toEqual(en)
    expect(en?.length).toBeGreaterThan(6)
  })

  it.each(readmes)('$name shows pictures that are there and links to files that are there', ({ text }) => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, target = '']) => target)
    expect(targets.length).toBeGreaterThan(6)
    expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([])
  })

  const lines = commands(readmes[0]?.text ?? '').filter((line) => line.startsWith('npx daylight '))
  it.each(lines)('has a command line that runs as it stands: %s', { timeout: 120_000 }, (line) => {
    const run = spawnSync('bash', ['-c', line.replace('npx daylight', `node ${join(root, 'bin/daylight.js')}`)], {
      cwd: folder,
      env: { ...process.env, DAYLIGHT_HOME: join(folder, 'home') },
      encoding: 'utf8',
    })
    expect(run.stderr).not.toMatch(/\bat .*\.ts:\d+/)
    expect(run.status).toBe(0)
    expect(run.stdout.trim()).not.toBe('')
  })
})
