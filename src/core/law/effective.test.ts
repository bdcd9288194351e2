import { describe, expect, test } from 'vitest'
import { clauseEvidence, effectClause, madeBy } from './effective.ts'
import { parseStatute } from './statute.ts'

const clauseOf = (text: string) => effectClause(parseStatute(`# 某规定\n\n<!-- INFO END -->\n\n${text}`).nodes)
const evidence = (head: string, clause: string, version: string): string | null => {
  const statute = parseStatute(`# 某条例\n\n${head}\n\n<!-- INFO END -->\n\n第一条 ${clause}`)
  return clauseEvidence(effectClause(statute.nodes), version, madeBy(statute.events, version), statute.events)
}

describe('the 施行 clause', () => {
  test('dates a whole statute', () => {
    expect(clauseOf('第一条 本法自2004年7月1日起施行。')).toEqual({ kind: 'dated', on: '2004-07-01' })
    expect(clauseOf('第一条 本条例自一九八六年七月一日起施行。')).toEqual({ kind: 'dated', on: '1986-07-01' })
    expect(clauseOf('第一条 本规定自２０１３年１月１日起施行，依照有关规定办理。')).toEqual({
      kind: 'dated',
      on: '2013-01-01',
    })
    expect(clauseOf('第一条 本办法自发布之日起施行。')).toEqual({ kind: 'on-publication' })
  })
  test('is not a sentence about single articles, other statutes or an annex', () => {
    expect(clauseOf('第一条 本法第三条自2006年1月1日起施行。')).toBeNull()
    expect(clauseOf('第一条 《某条例》自2004年1月1日起施行。')).toBeNull()
    expect(clauseOf('第一条 甲。\n\n附件：\n\n自2004年1月1日起施行。')).toBeNull()
  })
  test('says nothing where two of them disagree', () => {
    expect(clauseOf('第一条 本法自2004年1月1日起施行。\n\n第二条 本法自2005年1月1日起施行。')).toBeNull()
  })
})

describe('what the clause proves', () => {
  const enacted = '2003年8月27日 某会议通过'
  const amended = `${enacted}\n\n2019年4月23日 某会议《关于修改某法的决定》修正`
  const revised = `${enacted}\n\n2019年4月23日 某会议修订`
  test('for the first text: its date, or the day of publication', () => {
    expect(evidence(enacted, '本法自2004年7月1日起施行。', '2003-08-27')).toBe('2004-07-01')
    expect(evidence(enacted, '本法自公布之日起施行。', '2003-08-27')).toBe('2003-08-27')
    expect(evidence(`${enacted}\n\n2003年9月1日 某令公布`, '本法自公布之日起施行。', '2003-08-27')).toBe('2003-09-01')
  })
  test('for a text amended by decision: nothing, because it dates the first text', () => {
    expect(evidence(amended, '本法自2004年7月1日起施行。', '2019-04-23')).toBeNull()
    expect(evidence(amended, '本法自公布之日起施行。', '2019-04-23')).toBeNull()
  })
  test('for a wholly revised text: what it says of itself', () => {
    expect(evidence(revised, '本法自2019年11月1日起施行。', '2019-04-23')).toBe('2019-11-01')
    expect(evidence(revised, '本法自公布之日起施行。', '2019-04-23')).toBe('2019-04-23')
    expect(evidence(revised, '本法自2004年7月1日起施行。', '2019-04-23')).toBeNull()
  })
  test('where the head does not name the version: only a date that cannot be an older text’s', () => {
    expect(evidence(enacted, '本法自2004年7月1日起施行。', '2019-04-23')).toBeNull()
    expect(evidence(enacted, '本法自公布之日起施行。', '2019-04-23')).toBeNull()
    expect(evidence(enacted, '本法自2019年7月1日起施行。', '2019-04-23')).toBe('2019-07-01')
  })
})
