import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isRefusal, type Refusal } from '../../../core/refusal/refusal.ts'
import { type TestCell, workbookOf } from '../fixtures/workbook.ts'
import { isBankCard, isIdCard, looksLikeName, shownMasked } from './personal.ts'
import { previewCases } from './preview-cases.ts'
import { surveyFile } from './survey-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'daylight-survey-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
let files = 0

async function file(content: string | Buffer): Promise<string> {
  const path = join(folder, `${files++}`)
  await writeFile(path, content)
  return path
}

function good<T>(value: T | Refusal): T {
  if (isRefusal(value)) throw new Error(`${value.code}: ${value.says.en}`)
  return value
}

const steps = ['受理', '审查', '决定', '送达']
/** Rows of a system: id, step, moment, officer, organ, limit, name, id card, phone. */
const rowsOf = (cases: number): string[][] =>
  Array.from({ length: cases * 4 }, (_, i) => {
    const c = Math.floor(i / 4)
    const day = String((c % 25) + 1).padStart(2, '0')
    return [
      `K-${1000 + c}`,
      steps[i % 4] as string,
      `2024/03/${day} 1${i % 4}:20`,
      ['张伟', '王芳', '李强'][i % 3] as string,
      ['城建科', '受理窗口'][i % 2] as string,
      `2024-04-${day}`,
      ['赵敏', '钱进', '孙莉莉'][c % 3] as string,
      '11010519491231002X',
      `1380013${String(8000 + c)}`,
    ]
  })
const table = (header: readonly string[], cases = 40): string =>
  [header, ...rowsOf(cases)].map((row) => row.join(',')).join('\n')

describe('the guess of what columns mean', () => {
  it.each<[string, string[]]>([
    [
      'names of their own',
      ['业务流水号', '环节', '办理时间', '经办人', '部门', '承诺时限', '申请人', '证件号码', '联系电话'],
    ],
    [
      'half-known names',
      ['件的编号', '所处环节', '操作时间点', '审批人员', '经手科室', '应办结日期', '申请人姓名', '身份证', '手机'],
    ],
    ['names that say nothing', ['a', 'b', 'c', 'd', 'e', 'f', '姓名', 'h', 'i']],
  ])('finds case, step and time by %s, and leaves personal data out', async (kind, header) => {
    const survey = good(await surveyFile(await file(table(header))))
    const known = Object.fromEntries(survey.roles.map(({ role, column }) => [role, header.indexOf(column)]))
    expect(known).toMatchObject({ case: 0, activity: 1, time: 2 })
    if (kind !== 'names that say nothing') expect(known).toMatchObject({ officer: 3, organ: 4 })
    expect(survey.mapping?.attributes?.exclude).toEqual(header.slice(6))
    expect(survey.columns.map(({ personal }) => personal).slice(6)).toEqual(['citizen-name', 'id-card', 'phone'])
    for (const { confidence, why } of survey.roles) {
      expect(confidence).toBeGreaterThan(0.3)
      expect(why.length).toBeGreaterThan(0)
    }
  })

  it('is surer of a column whose name and content agree than of one with content alone', async () => {
    const sure = async (header: string) => {
      const survey = good(await surveyFile(await file(table([header, 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']))))
      return survey.roles.find(({ role }) => role === 'case')?.confidence ?? 0
    }
    expect(await sure('办件编号')).toBeGreaterThan(await sure('a'))
  })

  it('never shows a whole personal datum among its samples', async () => {
    const survey = good(
      await surveyFile(await file(table(['号', '环节', '时间', '经办人', '部门', '时限', '申请人', '证件', '电话']))),
    )
    for (const { personal, samples } of survey.columns) {
      for (const sample of samples) expect(sample.includes('*')).toBe(personal !== null)
    }
  })

  it('does not take a limit for the time of the events, nor a running number for the case', async () => {
    const rows = rowsOf(30).map(([id, step, time, , , limit], i) => [String(i + 1), limit, id, step, time].join(','))
    const survey = good(await surveyFile(await file(['编号,办结时限日期,x,y,z', ...rows].join('\n'))))
    expect(Object.fromEntries(survey.roles.map(({ role, column }) => [role, column]))).toMatchObject({
      case: 'x',
      activity: 'y',
      time: 'z',
    })
  })

  it('says which roles it could not tell, and makes no mapping then', async () => {
    const survey = good(await surveyFile(await file('备注,说明\n甲甲,乙\n丙丙,丁\n戊戊,己\n')))
    expect(survey.missing).toContain('time')
    expect(survey.mapping).toBeNull()
    expect(survey.hint).toBeNull()
  })

  it('says of a table with one row a case and a column for each moment that its steps must become rows', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `W${i},2024-03-0${(i % 9) + 1} 09:00,2024-03-1${i % 9} 10:00`)
    const survey = good(await surveyFile(await file(['件号,收件时间,办结时间', ...rows].join('\n'))))
    expect(survey.hint?.zh).toContain('“收件时间”、“办结时间”')
    expect(
      good(await surveyFile(await file(table(['办件编号', '环节', '时间', 'd', 'e', 'f', 'g', 'h', 'i'])))).hint,
    ).toBeNull()
  })

  it('works alike on a workbook, whose dates are serial numbers, and names the sheet that it means', async () => {
    const cells = rowsOf(20).map(([id = '', step = ''], i): TestCell[] => [id, step, { n: 45_300 + i / 10, style: 2 }])
    const rows = [['办件编号', '环节', '时间'], ...cells]
    const survey = good(
      await surveyFile(
        await file(
          workbookOf([
            { name: '明细', rows },
            { name: '说明', rows: [['x']] },
          ]),
        ),
      ),
    )
    expect(survey.mapping).toEqual({ case: '办件编号', activity: '环节', time: '时间', sheet: '明细' })
    expect(survey.columns[2]?.time).toEqual({ format: 'ymd', share: 1, open: false })
    const other = good(
      await surveyFile(
        await file(
          workbookOf([
            { name: '明细', rows },
            { name: '说明', rows: [['x']] },
          ]),
        ),
        { sheet: '说明' },
      ),
    )
    expect(other.columns.map(({ name }) => name)).toEqual(['x'])
  })

  it('says of times whose day and month look alike that they are open', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `A${i >> 2},${steps[i % 4]},0${(i % 9) + 1}/05/2024 10:00`)
    const survey = good(await surveyFile(await file(['办件编号,环节,时间', ...rows].join('\n'))))
    expect(survey.columns[2]?.time?.open).toBe(true)
  })
})

describe('the preview of cases', () => {
  it('shows the first cases with their events in order, officers masked, and what is wrong with the rows', async () => {
    const lines = table(['办件编号', '环节', '时间', '经办人', '部门', 'f', '申请人', 'h', 'i']).split('\n')
    const spoilt = [lines[0], lines[2], lines[1], ...lines.slice(3, 8), 'K-1,受理,昨天,,,,,,', 'K-1,受理,,,,,,,'].join(
      '\n',
    )
    const path = await file(spoilt)
    const { mapping } = good(await surveyFile(path))
    const preview = good(await previewCases(path, mapping ?? { case: '', activity: '', time: null }, 'Asia/Shanghai'))
    expect(preview.cases[0]).toMatchObject({
      id: 'K-1000',
      events: [
        { row: 3, activity: '受理', happenedAt: '2024-03-01T02:20:00.000Z', officer: '张*', organ: '城建科' },
        { row: 2, activity: '审查', officer: '王*' },
        { activity: '决定' },
        { activity: '送达' },
      ],
      more: 0,
    })
    expect(JSON.stringify(preview)).not.toContain('赵敏')
    expect(preview.rows).toEqual({ in: 9, used: 8, reported: 1 })
    expect(preview.problems.map(({ says }) => says.zh)).toEqual([
      '11 % 的行（1 行）用不上：时间无法按本列的格式读出。',
      '13 % 的行没有时间（1 行），按原有次序排列。',
    ])
  })

  it('changes with the mapping, and says when the case is likely the wrong column', async () => {
    const header = ['办件编号', '环节', '时间', '经办人', '部门', 'f', 'g', 'h', '电话']
    const rows = table(header)
      .split('\n')
      .map((line, i) => (i === 0 ? `序号,${line}` : `${i},${line}`))
    const path = await file(rows.join('\n'))
    const preview = good(await previewCases(path, { case: '序号', activity: '环节', time: '时间' }, 'Asia/Shanghai'))
    expect(preview.problems[0]).toMatchObject({
      grave: true,
      says: { zh: expect.stringContaining('每件只有一个事件') },
    })
  })
})

describe('personal data', () => {
  it('are told by their check characters', () => {
    expect(isIdCard('11010519491231002X')).toBe(true)
    expect(isIdCard('110105194912310021')).toBe(false)
    expect(isBankCard('6222 0000 0000 0000')).toBe(false)
    expect(isBankCard('4111111111111111')).toBe(true)
    expect(looksLikeName('王小明')).toBe(true)
    expect(looksLikeName('受理窗口')).toBe(false)
    expect(shownMasked('13800138000')).toBe('13*******00')
    expect(shownMasked('王小明')).toBe('王**')
  })
})

const shared = resolve(import.meta.dirname, '../../../../../shared/data')

describe('real files (beside the checkout)', () => {
  it.skipIf(!existsSync(shared)).each([
    [
      'eventlogs/receipt.csv',
      {
        case: 'case:concept:name',
        activity: 'concept:name',
        time: 'time:timestamp',
        officer: 'org:resource',
        organ: 'org:group',
      },
    ],
    [
      'eventlogs/PermitLog.xes.gz',
      { case: 'case:concept:name', activity: 'concept:name', time: 'time:timestamp', officer: 'org:resource' },
    ],
    [
      'eventlogs/ocel20_example.jsonocel',
      { case: 'ocel:oid', activity: 'ocel:activity', time: 'ocel:timestamp', objectType: 'Invoice' },
    ],
  ])('%s is told as a person would tell it', async (name, mapping) => {
    expect(good(await surveyFile(join(shared, name))).mapping).toEqual(mapping)
  })

  it.skipIf(!existsSync(shared))('of messages with their writers never shows one whole', async () => {
    const survey = good(await surveyFile(join(shared, 'hotline/附件4.xlsx')))
    expect(survey.columns.flatMap(({ name, personal }) => (personal === null ? [] : [`${name} ${personal}`]))).toEqual([
      '留言用户 citizen-name',
      '留言详情 free-text',
      '答复意见 free-text',
    ])
    expect(survey.columns.find(({ name }) => name === '留言时间')?.time?.share).toBe(1)
    expect(survey.hint?.zh).toContain('“留言时间”、“答复时间”')
  })
})
