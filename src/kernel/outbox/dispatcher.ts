import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import { drain } from './dispatch.ts'
import type { Subscription } from './subscription.ts'

/** How long an event waits at most before its subscriptions see it, where nothing older is still being written. */
const everyMs = 250
/** A subscription that fails is tried again after one second, then two, four … up to a minute. */
const longestWaitMs = 60_000

/** The subscriptions of a running server. */
export interface Dispatcher {
  /** Ends after the batch at work. */
  stop(): Promise<void>
}

/** Whether any event lies beyond the cursor of this subscription: cheap enough to ask four times a second. */
async function isBehind(db: Db, name: string): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select exists (
      select 1 from domain_event e
      where (e.position, e.ordinal) > (coalesce(c.position, '0'::xid8), coalesce(c.ordinal, 0))
        and e.position < pg_snapshot_xmin(pg_current_snapshot())
    ) as behind
    from (select 1) one left join subscription_cursor c on c.name = ${name}`.execute(db)
  return rows[0]?.behind === true
}

function runSubscription(db: Db, subscription: Subscription, report: (error: unknown) => void): Dispatcher {
  let stopped = false
  let failures = 0
  let wake: () => void = () => {}
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const loop = async (): Promise<void> => {
    while (!stopped) {
      try {
        if (await isBehind(db, subscription.name))
          await drain(db, [subscription], { patienceMs: 0, enough: () => stopped })
        failures = 0
      } catch (error) {
        failures += 1
        report(error)
      }
      if (!stopped) await wait(failures === 0 ? everyMs : Math.min(longestWaitMs, 1000 * 2 ** (failures - 1)))
    }
  }
  const ended = loop()
  return {
    async stop() {
      stopped = true
      wake()
      await ended
    },
  }
}

/** Runs each subscription by itself, so that one that fails holds up no other. */
export function startDispatcher(
  db: Db,
  subscriptions: readonly Subscription[],
  report: (error: unknown) => void,
): Dispatcher {
  const running = subscriptions.map((subscription) => runSubscription(db, subscription, report))
  return {
    async stop() {
      await Promise.all(running.map((one) => one.stop()))
    },
  }
}
