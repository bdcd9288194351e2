import { join } from 'node:path'
import { type Bilingual, isRefusal, type Refusal, refuse } from '../../core/refusal/refusal.ts'
import { readYaml } from '../../kernel/packs/read-yaml.ts'
import { isLoopback } from '../../modules/trust/sessions/same-machine.ts'
import type { Trust } from '../../modules/trust/trust.ts'
import { accountFile } from '../example/directory-files.ts'

/** An account of the example, as the start shows it. */
export interface DemoAccount {
  readonly account: string
  readonly title: Bilingual
  readonly organ: Bilingual
}

/** The demo accounts that the store holds, with the post of each. */
export async function demoAccounts({ store, today }: Trust): Promise<readonly DemoAccount[]> {
  const on = today()
  const rows = await store
    .selectFrom('officer')
    .innerJoin('officer_post as held', 'held.officer', 'officer.code')
    .innerJoin('post', 'post.code', 'held.post')
    .innerJoin('organ', 'organ.code', 'post.organ')
    .where('officer.demo', '=', true)
    .where('held.stand_in_for', 'is', null)
    .where('held.from_on', '<=', on)
    .where((eb) => eb.or([eb('held.to_on', 'is', null), eb('held.to_on', '>=', on)]))
    .select(['officer.code', 'post.title_zh', 'post.title_en', 'organ.name_zh', 'organ.name_en'])
    .orderBy('officer.code')
    .execute()
  return rows.map((row) => ({
    account: row.code,
    title: { zh: row.title_zh, en: row.title_en },
    organ: { zh: row.name_zh, en: row.name_en },
  }))
}

/** The password that the example's pack gives its accounts; null where the pack is not there to read. */
export async function demoPassword(packs: string): Promise<string | null> {
  const file = await readYaml(join(packs, 'example', 'accounts.yml'), accountFile)
  return isRefusal(file) ? null : file.password
}

/** Whether the example belongs into this store: one that is empty, or that holds the example already, and only on loopback. */
export async function takesExample({ store, settings }: Trust): Promise<boolean> {
  if (!isLoopback(settings.host)) return false
  const officers = await store.selectFrom('officer').select('demo').orderBy('demo', 'desc').limit(1).execute()
  return officers.every(({ demo }) => demo)
}

/** Their passwords are public: a server that others can reach does not start while the store holds one. */
export async function demoExposed({ store, settings }: Trust): Promise<Refusal | null> {
  if (isLoopback(settings.host)) return null
  const demo = await store.selectFrom('officer').select('code').where('demo', '=', true).limit(1).executeTakeFirst()
  return demo === undefined ? null : refuse('server.demo-exposed', { host: settings.host })
}
