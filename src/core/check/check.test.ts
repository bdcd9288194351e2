import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textAt } from '../eventlog/event-log.ts'
import { isRefusal } from '../refusal/refusal.ts'
import { compileCalendar } from '../worktime/calendar.ts'
import { zoneOf } from '../worktime/zone.ts'
import { type Check, checkFile, columnsOf, factsOf } from './check-file.ts'
import type { Example } from './example-file.ts'
import { judge } from './judge.ts'
import { momentOf, shownInstant } from './moment.ts'
import { planTerms } from './plan-terms.ts'
import { relabel } from './relabel.ts'
import { fillSays } from './result.ts'
import { exampleLog, layOver } from './run-examples.ts'

const zone = zoneOf('Asia/Shanghai')
const both = (text: string) => ({ zh: text, en: text })
const calendar = compileCalendar({
  id: 'plain',
  weekend: [6, 7],
  years: [{ year: 2025, notice: 'n', off: [], work: [] }],
})

/** A check with a rule; what surrounds the rule does not matter to judging. */
function checkOf(rule: Check['rule'], more: Partial<Check> = {}): Check {
  return {
    check: 'some-check',
    code: 'XX-01',
    kind: rule.judge === 'near-limit' || rule.judge === 'over-limit' ? 'clock' : 'order',
    version: 1,
    status: 'trial',
    title: both('t'),
    asks: both('a'),
    severity: 'red',
    subject: 'case',
    applies: ['promised', 'commitment', 'instant'],
    reads: [...factsOf(rule)],
    parameters: [],
    basis: [],
    rule,
    says: both(
      columnsOf(rule)
        .map((column) => `{${column}}`)
        .join(' | '),
    ),
    innocent: [both('i')],
    guide: both('g'),
    examples: [],
    ...more,
  }
}

const overStatutory = checkOf({ judge: 'over-limit', of: 'total', over: 'statutory' })
const events = (...list: Example['given']['events']) => ({ name: 'x', given: { events: list }, expect: [] })
const log = (...list: Example['given']['events']) => exampleLog(events(...list), 'Asia/Shanghai')
const base = {
  zone: 'Asia/Shanghai',
  calendar: 'plain',
  caseKind: 'promised',
  clock: { start: { activity: '受理' }, end: { activity: '决定' } },
  limits: { statutory: { value: 5, unit: 'working-day' } },
  checks: 'all',
}
const plan = (over: object = {}) => planTerms.parse(layOver(base, over))
const grounds = { parameters: new Map(), calendar, conformance: null, procedure: null }
const results = (over: object, check: Check, ...list: Example['given']['events']) => {
  const said = judge(log(...list), plan(over), { ...grounds, checks: [check] })
  if (isRefusal(said)) throw new Error(said.code)
  return said[0]
}

describe('a moment of a log', () => {
  it('is read with its offset, in the zone without one, and as a whole day without a time', () => {
    const instant = Temporal.Instant.from('2025-03-03T09:00:00+08:00').epochMilliseconds
    expect(momentOf('2025-03-03 09:00:00.000000+08:00', zone)).toEqual({ kind: 'instant', instant })
    expect(momentOf('2025-03-03T01:00:00Z', zone)).toEqual({ kind: 'instant', instant })
    expect(momentOf('2025-03-03 09:00', zone)).toEqual({ kind: 'instant', instant })
    expect(momentOf('2025-03-03', zone)).toEqual({ kind: 'date', day: 20150 })
    expect(momentOf('3 March', zone)).toBeNull()
  })
  it('keeps parts of a millisecond, so that a second’s fraction may decide', () => {
    const moment = momentOf('2011-10-11 13:45:40.276500+02:00', zone)
    expect(moment?.kind === 'instant' && moment.instant % 1).toBeCloseTo(0.5)
  })
  it('is shown as the wall clock of the zone', () => {
    expect(shownInstant(Temporal.Instant.from('2025-03-03T16:05:00Z').epochMilliseconds, zone)).toBe('2025-03-04 00:05')
  })
})

describe('a deadline that the log states', () => {
  const stated = (deadline: string, end: string, compare: 'instant' | 'calendar-day') => {
    const one = { ...events(['2025-03-03T09:00', '受理'], [end, '决定']) }
    const made = exampleLog({ ...one, given: { ...one.given, case: { deadline } } }, 'Asia/Shanghai')
    const terms = plan({ limits: { statutory: null } })
    const withColumn = { ...terms, limits: { statutory: { column: 'deadline', compare } } }
    const said = judge(made, withColumn, { ...grounds, checks: [overStatutory] })
    return isRefusal(said) ? said.code : said[0]?.result
  }
  it('is passed by the instant, or by the day, as the plan chose', () => {
    const deadline = '2025-03-10T12:00:00+08:00'
    expect(stated(deadline, '2025-03-10T12:00:01', 'instant')).toBe('found')
    expect(stated(deadline, '2025-03-10T12:00:00', 'instant')).toBe('none')
    expect(stated(deadline, '2025-03-10T23:59', 'calendar-day')).toBe('none')
    expect(stated(deadline, '2025-03-11T00:00', 'calendar-day')).toBe('found')
  })
  it('of a bare date ends at the 24:00 of that day, even by the instant', () => {
    expect(stated('2025-03-10', '2025-03-10T23:59', 'instant')).toBe('none')
    expect(stated('2025-03-10', '2025-03-11T00:00', 'instant')).toBe('found')
  })
  it('that cannot be read is a lacking fact, not an early one', () => {
    expect(stated('next week', '2025-03-10T23:59', 'instant')).toBe('cannot-be-judged')
  })
})

describe('what a rule says', () => {
  it('fills every place with a column, in both languages', () => {
    const one = results({}, overStatutory, ['2025-03-03T09:00', '受理'], ['2025-03-17T09:00', '决定'])
    expect(one?.found[0]?.says.zh).toBe(
      '例 | 全程 | 2025-03-03 09:00 | 2025-03-10 24:00 | 2025-03-17 09:00 | 5 个工作日 | 10 个工作日 | 0 个工作日',
    )
    expect(one?.found[0]?.says.en).toContain('5 working days | 10 working days')
    expect(fillSays(both('{known} {unknown}'), { known: 1 }).en).toBe('1 {unknown}')
  })
  it('shows the rows it rests on', () => {
    const one = results({}, overStatutory, ['2025-03-03T09:00', '受理', '甲'], ['2025-03-17T09:00', '决定', '乙'])
    expect(one?.found[0]?.evidence).toMatchObject([
      { row: 2, what: '受理', officer: '甲', instant: '2025-03-03T01:00:00Z' },
      { row: 3, what: '决定', officer: '乙' },
    ])
  })
})

describe('the kinds of case', () => {
  const kinds = { caseKind: { column: '类型', values: { 即办: 'instant', 承诺: 'promised' } } }
  const separate = checkOf({ judge: 'same-officer' }, { applies: ['promised'] })
  const judged = (kind: string) => {
    const one = events(['2025-03-03T09:00', '受理', '甲'], ['2025-03-03T09:20', '决定', '甲'])
    const made = exampleLog({ ...one, given: { ...one.given, case: { 类型: kind } } }, 'Asia/Shanghai')
    const said = judge(made, plan({ ...kinds, separate: [['受理', '决定']] }), { ...grounds, checks: [separate] })
    if (isRefusal(said)) throw new Error(said.code)
    return said[0]
  }
  it('decide whether a rule asks at all', () => {
    expect(judged('承诺')).toMatchObject({ result: 'found', judged: 1 })
    expect(judged('即办')).toMatchObject({ result: 'none', judged: 0, notApplicable: 1 })
  })
  it('that the plan does not know are said to be lacking', () => {
    expect(judged('特办')).toMatchObject({ result: 'cannot-be-judged', lacks: [{ fact: 'case-kind', cases: 1 }] })
  })
})

describe('judging', () => {
  it('never calls a case late by a longer limit that a shorter one lets pass', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 60 }), (value, days) => {
        const end = Temporal.PlainDate.from('2025-03-03').add({ days }).toString()
        const found = (limit: number) =>
          results(
            { limits: { statutory: { value: limit } } },
            overStatutory,
            ['2025-03-03T09:00', '受理'],
            [`${end}T09:00`, '决定'],
          )?.found.length ?? 0
        expect(found(value + 1)).toBeLessThanOrEqual(found(value))
      }),
    )
  })
  it('takes a case that was decided twice by its last decision', () => {
    const twice = results(
      {},
      overStatutory,
      ['2025-03-03T09:00', '受理'],
      ['2025-03-05T09:00', '决定'],
      ['2025-03-17T09:00', '决定'],
    )
    expect(twice?.result).toBe('found')
  })
  it('does not judge a case that closed while a pause had no end', () => {
    const pauses = { clock: { pauses: [{ from: '暂停', to: '恢复' }] } }
    const one = results(
      pauses,
      overStatutory,
      ['2025-03-03T09:00', '受理'],
      ['2025-03-04T09:00', '暂停'],
      ['2025-03-17T09:00', '决定'],
    )
    expect(one).toMatchObject({ result: 'cannot-be-judged', lacks: [{ fact: 'pause-end' }] })
  })
})

describe('the clock of a case', () => {
  const deemed = {
    clock: {
      deemed: { received: '收件', answered: ['受理', '补正告知'], within: { value: 5, unit: 'working-day' } },
    },
    limits: { statutory: { value: 3 } },
  }
  it('runs from receipt where nobody answered before the decision, even without an instant of judging', () => {
    const one = results(deemed, overStatutory, ['2025-03-03T09:00', '收件'], ['2025-03-12T09:00', '决定'])
    expect(one?.found[0]?.columns).toMatchObject({ started: '2025-03-03 09:00', due: '2025-03-06 24:00' })
  })
  it('has no start where the decision itself came in time to be the answer', () => {
    const asOf = { ...deemed, asOf: '2025-06-01T00:00:00+08:00' }
    const one = results(asOf, overStatutory, ['2025-03-03T09:00', '收件'], ['2025-03-10T23:59', '决定'])
    expect(one).toMatchObject({ result: 'cannot-be-judged', lacks: [{ fact: 'case-start' }] })
  })
  it('counts a receipt on a day of rest from the next working day, for the answer too', () => {
    const answered = (at: string) =>
      results(
        { ...deemed, clock: { ...deemed.clock, receiptCloses: '17:30' } },
        overStatutory,
        ['2025-03-08T10:00', '收件'],
        [at, '受理'],
        ['2025-03-24T09:00', '决定'],
      )?.found[0]?.columns.started
    // Received on a Saturday: the clock starts on Monday the 10th, and the answer is due by the 17th.
    expect(answered('2025-03-17T23:59')).toBe('2025-03-17 23:59')
    expect(answered('2025-03-18T00:00')).toBe('2025-03-08 10:00')
  })
  it('tells the days that do not count from the same start as those that do', () => {
    const one = results(
      {
        clock: { receiptCloses: '17:30', pauses: [{ from: '暂停', to: '恢复' }] },
        limits: { statutory: { value: 2 } },
      },
      overStatutory,
      ['2025-03-03T17:40', '受理'],
      ['2025-03-03T18:00', '暂停'],
      ['2025-03-06T09:00', '恢复'],
      ['2025-03-12T09:00', '决定'],
    )
    // From the 4th: 5 and 6 paused; 7, 10, 11 and 12 counted.
    expect(one?.found[0]?.columns).toMatchObject({
      paused: { zh: '2 个工作日', en: '2 working days' },
      elapsed: { zh: '4 个工作日', en: '4 working days' },
      due: '2025-03-10 24:00',
    })
  })
  it('is not held up by a pause that was entered after the end', () => {
    const one = results(
      { clock: { pauses: [{ from: '暂停', to: '恢复' }] } },
      overStatutory,
      ['2025-03-03T09:00', '受理'],
      ['2025-03-17T09:00', '决定'],
      ['2025-03-18T09:00', '暂停'],
    )
    expect(one?.result).toBe('found')
  })
})

describe('renaming activities to steps', () => {
  it('joins several names into one step and leaves the others', () => {
    const renamed = relabel(
      log(['2025-03-03T09:00', 'Accept'], ['2025-03-04T09:00', 'accept (late)'], ['2025-03-05T09:00', '决定']),
      {
        Accept: '受理',
        'accept (late)': '受理',
      },
    )
    expect([0, 1, 2].map((event) => textAt(renamed.activity, event))).toEqual(['受理', '受理', '决定'])
    expect(new Set(renamed.activity.dictionary).size).toBe(renamed.activity.dictionary.length)
  })
})

describe('the format of a check', () => {
  it('knows the rules of the pack and refuses a rule that is none of them', () => {
    const { examples: _, ...stated } = overStatutory
    const fires: Example = { ...events(['2025-03-03T09:00', '受理']), expect: [{ case: '例' }] }
    const whole = { ...stated, examples: [fires, events(['2025-03-03T09:00', '受理'])] }
    expect(checkFile.safeParse(whole).success).toBe(true)
    expect(checkFile.safeParse({ ...whole, rule: { judge: 'guess' } }).success).toBe(false)
    expect(checkFile.safeParse({ ...whole, applies: [] }).success).toBe(false)
  })
})
