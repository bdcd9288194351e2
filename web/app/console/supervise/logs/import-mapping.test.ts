import { describe, expect, it } from 'vitest'
import { mappingOf, rolesOf, withRole } from './import-mapping.ts'

const columns = ['号', '环节', '时间', '谁', '期限', '电话']

describe('the roles of columns', () => {
  it('go into a mapping and come back the same', () => {
    const mapping = {
      case: '号',
      activity: ['环节', '谁'],
      time: '时间',
      deadline: { column: '期限' },
      attributes: { exclude: ['电话'] },
      zone: 'Asia/Shanghai',
    }
    const roles = rolesOf(columns, mapping)
    expect(mappingOf(mapping, roles, {})).toEqual(mapping)
    expect(rolesOf(columns, mappingOf(null, roles, {}))).toEqual(roles)
  })

  it('are held by one column each, but for the activity', () => {
    const roles = rolesOf(columns, { case: '号', activity: '环节', time: '时间' })
    expect(withRole(roles, '期限', 'time')).toMatchObject({ 时间: 'keep', 期限: 'time' })
    expect(withRole(roles, '谁', 'activity')).toMatchObject({ 环节: 'activity', 谁: 'activity' })
  })

  it('keep what an earlier mapping says of a column beside its name, and nothing of a column that lost its role', () => {
    const base = { case: '号', activity: '环节', time: '时间', end: { column: '期限', level: 'case' }, officer: '谁' }
    const roles = withRole(rolesOf(columns, base), '谁', 'drop')
    expect(mappingOf(base, roles, { sheet: '一', timeFormat: '' })).toEqual({
      case: '号',
      activity: '环节',
      time: '时间',
      end: { column: '期限', level: 'case' },
      attributes: { exclude: ['谁'] },
      sheet: '一',
    })
  })

  it('make no mapping while the case or the activity is open', () => {
    expect(mappingOf(null, rolesOf(columns, null), {})).toBeNull()
  })
})
