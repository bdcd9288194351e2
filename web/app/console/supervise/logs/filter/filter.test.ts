import { describe, expect, it } from 'vitest'
import { filterText, readFilter, withFilter } from './filter.client.ts'

describe('the filter of a log in the address', () => {
  it('is read back as it was written, Chinese and signs included', () => {
    const filter = { contains: ['听证 & 公示'], time: { how: 'starts' as const, from: '2026-01-01' } }
    const address = withFilter('/console/supervise/logs/1/cases', filter, { fits: 'deviating' })
    const query = new URL(address, 'http://house').searchParams
    expect(query.get('fits')).toBe('deviating')
    expect(readFilter(query.get('filter'))).toEqual(filter)
  })
  it('leaves the address bare where nothing is left out', () => {
    expect(withFilter('/cases', { outcome: undefined })).toBe('/cases')
    expect(filterText({})).toBeUndefined()
  })
  it('counts as none where the address holds something else', () => {
    expect([null, 'x', '[]', '3', 'null'].map(readFilter)).toEqual([{}, {}, {}, {}, {}])
  })
})
