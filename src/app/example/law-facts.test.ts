import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { parseStatute } from '../../core/law/statute.ts'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { packsRoot } from '../../kernel/packs/packs.ts'
import { readLawPack } from '../../modules/list/laws/law-pack.ts'

const packs = packsRoot()
const set = resolve(import.meta.dirname, '../../../../shared/data/laws-cn-national.tar.gz')
const read = await readLawPack(packs)
if (isRefusal(read)) throw new Error(read.says.en)
const laws = read

const folder = await mkdtemp(join(tmpdir(), 'daylight-law-facts-'))
afterAll(() => rm(folder, { recursive: true }))

describe('the facts of laws that the packs carry', () => {
  it('hold every article that a pack cites', async () => {
    const held = new Set(
      laws.flatMap((law) =>
        law.versions.flatMap(({ nodes }) => Object.keys(nodes).map((address) => `${law.law}#${address}`)),
      ),
    )
    const files = (await readdir(packs, { recursive: true })).filter(
      (name) => /\.(yml|bpmn)$/.test(name) && !name.startsWith('laws/'),
    )
    const cited = new Map<string, string>()
    for (const name of files)
      for (const [ref] of (await readFile(join(packs, name), 'utf8')).matchAll(/CN-[A-Z]+-\d{4}-[a-z-]+#[\d][\d.-]*/g))
        cited.set(ref, name)
    expect(cited.size).toBeGreaterThan(80)
    expect([...cited].filter(([ref]) => !held.has(ref))).toEqual([])
  })
  it('say in our own words, in both languages, what an article says', () => {
    for (const law of laws)
      for (const { nodes } of law.versions)
        for (const [address, { gist }] of Object.entries(nodes)) {
          expect(gist.zh.length, `${law.law}#${address}`).toBeLessThan(60)
          expect(gist.zh, `${law.law}#${address}`).toMatch(/[一-龥].*。$/)
          expect(gist.en, `${law.law}#${address}`).toMatch(/[a-z].*\.$/)
        }
  })
  it.skipIf(!existsSync(set))(
    'name articles, paragraphs and items that the statutes really have, with their dates',
    async () => {
      execFileSync('tar', ['xzf', set, '-C', folder])
      const names = await readdir(folder, { recursive: true })
      const files = new Map(names.filter((name) => name.endsWith('.md')).map((name) => [basename(name), name]))
      const database = new DatabaseSync(join(folder, names.find((name) => name.endsWith('db.sqlite3')) ?? ''), {
        readOnly: true,
      })
      const dated = database.prepare('select valid_from as day from law where name = ? and publish = ?')
      let checked = 0
      for (const law of laws)
        for (const version of law.versions) {
          const named = `${law.law} ${version.version}`
          const file = files.get(`${law.short}(${version.version}).md`)
          expect(file, named).toBeDefined()
          const statute = parseStatute(await readFile(join(folder, file ?? ''), 'utf8'))
          expect(statute.title, named).toBe(law.title)
          const addresses = new Set(statute.nodes.map(({ address }) => address))
          for (const address of Object.keys(version.nodes)) expect(addresses, named).toContain(address)
          const text = statute.body.replace(/\s/g, '')
          for (const { gist } of Object.values(version.nodes))
            if (gist.zh.length > 24) expect(text.includes(gist.zh.replace(/。$/, '')), gist.zh).toBe(false)
          const day = (dated.get(law.short, version.version) as { day: string | null } | undefined)?.day
          if (day) {
            expect(version.effective_on, named).toBe(day)
            checked++
          }
        }
      database.close()
      expect(checked).toBeGreaterThan(20)
    },
  )
})
