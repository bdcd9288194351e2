import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRefusal } from '../../core/refusal/refusal.ts'
import { packsRoot } from './pack.ts'
import { testProcedures } from './procedure-examples.ts'
import { readProcedureFolder, readProcedures } from './procedures.ts'

async function procedures() {
  const read = await readProcedures()
  if (isRefusal(read)) throw new Error(read.says.en)
  return read
}

describe('the procedures of the packs', () => {
  it('are sound, and conformance says of every example what the example expects', async () => {
    const reports = await testProcedures(join(packsRoot(), 'procedures'))
    if (isRefusal(reports)) throw new Error(reports.says.en)
    expect(reports.length).toBeGreaterThanOrEqual(3)
    for (const { procedure, sound, failures } of reports) {
      expect({ procedure, sound, failures }).toEqual({ procedure, sound: true, failures: [] })
    }
  })
  it('state a limit with its unit and its start for every decision and delivery of a permit', async () => {
    const permit = (await procedures()).get('ordinary-permit')
    const limits = new Map(permit?.procedure.steps.map(({ activity, limit }) => [activity, limit]))
    expect(limits.get('作出准予许可决定')).toEqual({ days: 20, unit: 'working-day', from: 'accept' })
    expect(limits.get('颁发送达许可证件')).toEqual({ days: 10, unit: 'working-day', from: 'grant' })
    expect(limits.get('一次告知补正')).toEqual({ days: 5, unit: 'working-day', from: 'apply' })
  })
  it('let the clock of a permit pause for the eight kinds of article 45 and nothing else', async () => {
    const permit = (await procedures()).get('ordinary-permit')
    expect(permit?.about.pauses.map(({ title }) => title.zh)).toEqual([
      '听证',
      '招标',
      '拍卖',
      '检验',
      '检测',
      '检疫',
      '鉴定',
      '专家评审',
    ])
  })
  it('are refused where the folder does not hold one', async () => {
    expect(await readProcedureFolder(join(packsRoot(), 'procedures', 'atlantis'))).toMatchObject({
      code: 'pack.file-missing',
    })
  })
})
