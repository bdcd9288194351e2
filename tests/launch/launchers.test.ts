import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'

const root = join(import.meta.dirname, '../..')
const base = mkdtempSync(join(tmpdir(), 'daylight-launch-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}
const run = (words: readonly string[], env: Record<string, string> = {}): Ended => {
  const plain = { PATH: process.env.PATH ?? '', HOME: base, LC_ALL: 'C' }
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { env: { ...plain, ...env }, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** A fresh clone in which nothing is installed, with an npm that fails as it is told. */
let clones = 0
const clone = (npmSays = ''): { folder: string; npm: string } => {
  clones += 1
  const folder = join(base, `clone-${clones}`)
  mkdirSync(folder)
  for (const part of ['bin', 'package.json', 'package-lock.json'])
    cpSync(join(root, part), join(folder, part), { recursive: true })
  const npm = join(folder, 'npm-cli.js')
  const script = `console.error(${JSON.stringify(npmSays)}, process.argv.slice(2).join(' ')); process.exit(1)`
  writeFileSync(npm, script)
  return { folder, npm }
}

describe('an older Node', () => {
  const older = join(base, 'older.cjs')
  writeFileSync(older, "Object.defineProperty(process.versions, 'node', { value: '18.20.4' })")

  it.each([
    ['run.js', 'start'],
    ['run.js', 'test'],
    ['daylight.js', '--help'],
  ])('gets one plain sentence from bin/%s', (file, ...words) => {
    const { code, out, err } = run(['--require', older, join(root, 'bin', file), ...words])
    expect(code).toBe(1)
    expect(out).toBe('')
    expect(err).toMatch(/需要 Node 20.*18\.20\.4/)
    expect(err).toMatch(/needs Node 20 or newer; this is 18\.20\.4\. Install one/)
    expect(err.trim().split('\n')).toHaveLength(2)
  })

  it('can read the files that say so', () => {
    for (const file of ['run.js', 'daylight.js']) {
      // Node 10 knows neither `import` statements nor `?.`, and would end in a stack instead.
      expect(readFileSync(join(root, 'bin', file), 'utf8')).not.toMatch(/^import\s|\?\.|\?\?|^export\s/m)
    }
  })
})

describe('an installation that fails', () => {
  it.each([
    ['npm error code ENOSPC', /磁盘已满.*The disk that holds .* is full: free about 2 GB/],
    ['npm error code EACCES\nnpm error syscall mkdir', /无权写入.*may not write in/],
    ['npm error code EROFS', /只读.*read-only disk/],
    ['npm error code ENOTFOUND\nnpm error network request failed', /连不上.*cannot be reached: check the network/],
    ['npm error something else', /没有装上.*see .*install\.log/],
  ])('says in one sentence what to do: %s', (said, expected) => {
    const { folder, npm } = clone(said)
    const { code, err } = run([join(folder, 'bin/run.js'), 'start'], { npm_execpath: npm })
    expect(code).toBe(1)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toMatch(expected)
  })

  it('speaks the language of the system', () => {
    const { folder, npm } = clone('ENOSPC')
    const english = run([join(folder, 'bin/run.js'), 'start'], { npm_execpath: npm, LC_ALL: 'en_GB.UTF-8' })
    expect(english.err).not.toMatch(/\p{Script=Han}/u)
    const chinese = run([join(folder, 'bin/run.js'), 'start'], { npm_execpath: npm, LC_ALL: 'zh_CN.UTF-8' })
    expect(chinese.err).toMatch(/磁盘已满/)
    expect(chinese.err).not.toMatch(/free about/)
  })

  it('keeps what npm said, and asked npm for what is needed to run and no more', () => {
    const { folder, npm } = clone('odd')
    run([join(folder, 'bin/run.js'), 'start'], { npm_execpath: npm })
    const log = readFileSync(join(folder, 'build/install.log'), 'utf8')
    expect(log).toMatch(/odd ci --omit=dev/)
    run([join(folder, 'bin/run.js'), 'lint'], { npm_execpath: npm })
    expect(readFileSync(join(folder, 'build/install.log'), 'utf8')).toMatch(/odd ci --include=dev/)
  })
})

describe('what is installed', () => {
  it('is compared with the lock file: packages of other machines and of developers aside', async () => {
    const { isInstalled } = await import('../../bin/launch/install.js')
    const folder = join(base, 'compared')
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    const lock = {
      a: { version: '1.0.0' },
      b: { version: '2.0.0', dev: true },
      c: { version: '3.0.0', optional: true },
    }
    const write = (file: string, packages: object): void =>
      writeFileSync(join(folder, file), JSON.stringify({ packages }))
    write('package-lock.json', { '': {}, ...lock })
    expect(isInstalled('run', folder)).toBe(false)
    write('node_modules/.package-lock.json', { a: lock.a })
    expect(isInstalled('run', folder)).toBe(true)
    expect(isInstalled('develop', folder)).toBe(false)
    write('node_modules/.package-lock.json', { a: { version: '1.0.1' }, b: lock.b })
    expect(isInstalled('develop', folder)).toBe(false)
    write('node_modules/.package-lock.json', { a: lock.a, b: lock.b })
    expect(isInstalled('develop', folder)).toBe(true)
  })
})

describe('the scripts', () => {
  it('refuse a name that is none', () => {
    const { code, err } = run([join(root, 'bin/run.js'), 'fly'], { LC_ALL: 'en_GB.UTF-8' })
    expect([code, err]).toEqual([1, 'There is no script fly.\n'])
  })

  it('list the comparisons where none, or an unknown one, is named', () => {
    expect(run([join(root, 'bin/run.js'), 'bench'], { LC_ALL: 'en_GB.UTF-8' }).err).toMatch(
      /^Name what to compare: there are /,
    )
    expect(run([join(root, 'bin/run.js'), 'bench', 'moon'], { LC_ALL: 'en_GB.UTF-8' }).err).toMatch(
      /^There is no comparison moon: /,
    )
  })

  it('run a command of daylight from any folder', () => {
    const { code, out } = run([join(root, 'bin/daylight.js'), '--version'])
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    expect([code, out]).toEqual([0, `${version}\n`])
  })
})

describe('the count of a test run', () => {
  const test = (status: string): object => ({ status })
  it.each([
    [
      'all passed',
      { numPassedTests: 2, numFailedTests: 0, testResults: [{ status: 'passed', assertionResults: [test('passed')] }] },
      0,
      { passed: 2, failed: 0 },
    ],
    [
      'one failed',
      { numPassedTests: 1, numFailedTests: 1, testResults: [{ status: 'failed', assertionResults: [test('failed')] }] },
      1,
      { passed: 1, failed: 1 },
    ],
    [
      'a file could not be read',
      { numPassedTests: 1, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] },
      1,
      { passed: 1, failed: 1 },
    ],
    [
      'an error outside all tests',
      { numPassedTests: 1, numFailedTests: 0, testResults: [] },
      1,
      { passed: 1, failed: 1 },
    ],
  ])('%s', async (_name, report, code, expected) => {
    const { countReport } = await import('../../bin/launch/test.js')
    expect(countReport(report, code)).toEqual(expected)
  })
})

describe('a step of a test run', () => {
  it('that cannot be done is a failure with its reason, and the run goes on to its count', async () => {
    const { counted } = await import('../../bin/launch/test.js')
    const { Stop } = await import('../../bin/launch/say.js')
    const complaints = vi.spyOn(console, 'error').mockImplementation(() => {})
    const stops = async (): Promise<never> => {
      throw new Stop({ zh: '磁盘已满。', en: 'The disk is full.' })
    }
    expect(await counted('pages', stops)).toEqual({ passed: 0, failed: 1 })
    expect(complaints.mock.calls.join()).toMatch(/磁盘已满|The disk is full/)
    complaints.mockRestore()
  })

  it('is counted by what it says', async () => {
    const { counted } = await import('../../bin/launch/test.js')
    expect(await counted('tests', async () => ({ passed: 3, failed: 2 }))).toEqual({ passed: 3, failed: 2 })
  })
})

describe('a test run whose packages cannot be installed', () => {
  it('ends with the count alone on its last line, and a failure', () => {
    const { folder, npm } = clone('npm error code ENOSPC')
    const { code, out, err } = run([join(folder, 'bin/run.js'), 'test'], { npm_execpath: npm })
    expect(code).toBe(1)
    expect(err).toMatch(/磁盘已满/)
    expect(out.trim().split('\n').at(-1)).toBe('0 passed, 1 failed')
  })
})
