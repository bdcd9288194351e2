import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type VersionDates, versionInForce } from './in-force.ts'

const version = (day: string, on: string | null, more: Partial<VersionDates> = {}): VersionDates => ({
  version: day,
  publishedOn: day,
  effective: on === null ? { on, source: 'unknown' } : { on, source: 'set' },
  expired: false,
  expiredOn: null,
  ...more,
})

test('a version holds from its effective date until the next one takes effect', () => {
  const versions = [version('2018-03-20', '2018-03-20'), version('2024-12-25', '2025-06-01')]
  expect(versionInForce(versions, '2020-01-01')).toMatchObject({
    kind: 'in-force',
    version: { version: '2018-03-20' },
    until: '2025-06-01',
  })
  expect(versionInForce(versions, '2025-05-31')).toMatchObject({ version: { version: '2018-03-20' } })
  expect(versionInForce(versions, '2025-06-01')).toMatchObject({ version: { version: '2024-12-25' }, until: null })
})

test('a date before every held version is not answered with the nearest', () => {
  expect(versionInForce([version('2019-04-23', '2019-04-23')], '2010-01-01')).toEqual({
    kind: 'not-held',
    earliest: '2019-04-23',
  })
  expect(versionInForce([], '2010-01-01')).toEqual({ kind: 'not-held', earliest: null })
})

test('an unknown effective date never counts as in force, and a later one is named', () => {
  const versions = [version('2018-03-20', '2018-03-20'), version('2024-12-25', null)]
  expect(versionInForce(versions, '2025-07-01')).toMatchObject({
    kind: 'in-force',
    version: { version: '2018-03-20' },
    laterUnknown: [{ version: '2024-12-25' }],
  })
  expect(versionInForce(versions, '2024-12-24')).toMatchObject({ laterUnknown: [] })
  expect(versionInForce([version('2024-12-25', null)], '2025-07-01')).toMatchObject({ kind: 'unknown' })
  expect(versionInForce([version('2024-12-25', null)], '2020-01-01')).toMatchObject({ kind: 'not-held' })
})

test('a lapsed law is not in force, and a replaced version that is flagged expired held until it was replaced', () => {
  const lapsed = [version('2011-01-08', '2011-01-08', { expired: true })]
  expect(versionInForce(lapsed, '2020-01-01')).toMatchObject({ kind: 'lapsed', on: null })
  const dated = [version('2011-01-08', '2011-01-08', { expired: true, expiredOn: '2015-05-01' })]
  expect(versionInForce(dated, '2015-04-30')).toMatchObject({ kind: 'in-force', until: '2015-05-01' })
  expect(versionInForce(dated, '2015-05-01')).toMatchObject({ kind: 'lapsed', on: '2015-05-01' })
  const replaced = [version('2015-03-15', '2015-03-15', { expired: true }), version('2022-06-24', '2023-01-01')]
  expect(versionInForce(replaced, '2022-12-31')).toMatchObject({ kind: 'in-force', version: { version: '2015-03-15' } })
})

test('whatever versions are held, what is in force took effect by then, and no other known one did later', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((number) => `2020-01-${String(number).padStart(2, '0')}`)
  const held = fc.array(fc.record({ day, on: fc.option(day) }), { maxLength: 6 })
  fc.assert(
    fc.property(held, day, (rows, on) => {
      const versions = rows.map((row) => version(row.day, row.on))
      const answer = versionInForce(versions, on)
      const begun = versions.flatMap((one) => one.effective.on ?? []).filter((start) => start <= on)
      expect(answer.kind === 'in-force').toBe(begun.length > 0)
      if (answer.kind === 'in-force') expect(answer.version.effective.on).toBe(begun.sort().at(-1))
    }),
  )
})
