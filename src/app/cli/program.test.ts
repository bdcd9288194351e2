import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { languageOf } from './language.ts'
import { progressText } from './progress-line.ts'
import { testedCommandLine } from './test-run.ts'

const cli = testedCommandLine(join(import.meta.dirname, 'fixtures/commands'))

describe('a command line', () => {
  it('prints what a person reads, and ends with 0', async () => {
    expect(await cli.run('colour', 'show', 'red')).toBe(0)
    expect(cli.shown).toBe('a row on the way\ncolour red\n')
  })

  it('prints one JSON object as the last line under --json, wherever the option stands', async () => {
    expect(await cli.run('colour', 'show', 'red', '--loud', '--json')).toBe(0)
    expect(JSON.parse(cli.shown)).toEqual({ name: 'red', loud: true })
    cli.shown = ''
    await cli.run('--json', 'colour', 'show', 'red')
    expect(JSON.parse(cli.shown)).toEqual({ name: 'red', loud: false })
  })

  it('ends with 1 where a script wants to notice what was found', async () => {
    expect(await cli.run('colour', 'show', 'grey')).toBe(1)
  })

  it('says a refusal with its place and the next step, and ends with 2', async () => {
    expect(await cli.run('colour', 'show', 'none', '--json')).toBe(2)
    expect(cli.said).toMatch(/none.*colours\.csv.*3/)
    expect(cli.said.split('\n')).toHaveLength(3)
    expect(JSON.parse(cli.shown).refusal).toMatchObject({ code: 'cli.no-such-path', place: { row: 3 } })
  })

  it('turns a full disk into a refusal', async () => {
    expect(await cli.run('colour', 'show', 'full', '--json')).toBe(2)
    expect(JSON.parse(cli.shown).refusal.code).toBe('disk.full')
  })

  it('ends a bug in one sentence without a stack, and with 3', async () => {
    expect(await cli.run('colour', 'show', 'broken')).toBe(3)
    expect(cli.said).toContain('a bug')
    expect(cli.said.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    [['colour', 'paint']],
    [['shape']],
    [['colour', 'show']],
    [['colour', 'show', 'red', '--soft']],
    [['colour', 'show', 'red', 'green']],
  ])('refuses %j in one sentence, and ends with 2', async (words) => {
    expect(await cli.run(...words)).toBe(2)
    expect(cli.shown).toBe('')
    expect(cli.said.trim().split('\n')).toHaveLength(2)
    expect(cli.said).not.toContain('    at ')
  })

  it('shows the help of a group that is named without a command', async () => {
    expect(await cli.run('colour')).toBe(0)
    expect(cli.shown).toContain('show [options] <name>')
  })
})

describe('the language of a command', () => {
  it.each([
    [['daylight', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [['daylight', '--lang=zh'], { LANG: 'en_GB.UTF-8' }, 'zh'],
    [['daylight'], { LANG: 'en_GB.UTF-8' }, 'en'],
    [['daylight'], { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }, 'zh'],
    [['daylight'], { LANG: 'C.UTF-8' }, 'zh'],
    [['daylight'], {}, 'zh'],
  ])('of %j under %j is %s', (argv, env, expected) => {
    expect(languageOf(argv, env)).toBe(expected)
  })
})

describe('a line of progress', () => {
  it('shows share and count where the total is known', () => {
    expect(progressText('x', { done: 500, total: 2000, stage: null })).toBe(
      `x ${'█'.repeat(7)}${'░'.repeat(21)} 25%  500/2,000`,
    )
  })
  it('shows the count alone where it is not', () => {
    expect(progressText('x', { done: 1500, total: null, stage: null })).toBe('x 1,500')
  })
})
