import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const steps = ['受理', '初审', '复审', '现场核查', '补正告知', '决定', '送达', '归档'] as const
/** Cases that are under way at the same time. */
const UNDER_WAY = 5000

/**
 * The lines of an export in the order of time, as systems write them: thousands of cases interleaved, of three to eight
 * events, with detours; each event with a number of its own, each case with its channel. The same on every run.
 */
function* lines(events: number): Generator<string> {
  let state = 7
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  let next = 0
  const begin = () => ({ number: next++, done: 0, length: 3 + below(6) })
  const open = Array.from({ length: UNDER_WAY }, begin)
  let second = Date.UTC(2022, 0, 1) / 1000
  let text = '办件编号,环节,时间,经办人,部门,任务号,case:渠道\n'
  for (let task = 0; task < events; task++) {
    const at = below(UNDER_WAY)
    const one = open[at] as (typeof open)[number]
    second += below(5)
    const last = one.done === one.length - 1
    const step = steps[last ? 7 : below(20) === 0 ? 4 : Math.min(one.done, 6)]
    const time = new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ')
    const channel = ['窗口', '网上', '自助'][one.number % 3]
    text += `BJ${String(one.number).padStart(8, '0')},${step},${time},officer${below(400)},organ${below(40)},task-${task},${channel}\n`
    one.done++
    if (last) open[at] = begin()
    if (text.length > 1 << 20) {
      yield text
      text = ''
    }
  }
  yield text
}

/** Writes a made log of so many events as CSV. */
export async function writeMadeLog(path: string, events: number): Promise<void> {
  await pipeline(Readable.from(lines(events)), createWriteStream(path))
}
