import { basename } from 'node:path'
import type { Command } from 'commander'
import { drawProcedure } from '../../../core/procedure/bpmn/lay-out.ts'
import { netToBpmn } from '../../../core/procedure/bpmn/net-to-bpmn.ts'
import { isBpmn } from '../../../core/procedure/model.ts'
import { writePnml } from '../../../core/procedure/write-pnml.ts'
import { isRefusal, type Refusal, refuse } from '../../../core/refusal/refusal.ts'
import { type ModelFile, readModelFile } from '../../../kernel/packs/procedures.ts'
import { text } from '../language.ts'
import { action, group } from '../output.ts'
import { writeOutput } from '../write-output.ts'

interface ExportOptions {
  readonly bpmn?: string
  readonly pnml?: string
}

/** `daylight procedure export FILE --bpmn OUT --pnml OUT`: a procedure's net in another language, read back before it is handed out. */
export function register(program: Command): void {
  group(program, 'procedure', { zh: '程序', en: 'procedures' })
    .command('export <file>')
    .description(
      text({
        zh: '把程序（BPMN 2.0 或 PNML）写成 BPMN（带图）或 PNML；写出后读回核对',
        en: 'write a procedure (BPMN 2.0 or PNML) as BPMN, drawn, or as PNML; what is written is read back and compared',
      }),
    )
    .option('--bpmn <file>', text({ zh: '写成 BPMN 2.0', en: 'write BPMN 2.0' }))
    .option('--pnml <file>', text({ zh: '写成 PNML', en: 'write PNML' }))
    .action(
      action(async (_out, path: string, { bpmn, pnml }: ExportOptions) => {
        if (bpmn === undefined && pnml === undefined) return refuse('cli.usage', { why: '--bpmn | --pnml' })
        const model = await readModelFile(path)
        if (isRefusal(model)) return model
        const done: { file: string; hash: string }[] = []
        for (const [file, write] of [
          [bpmn, bpmnOf],
          [pnml, pnmlOf],
        ] as const) {
          if (file === undefined) continue
          const xml = await write(model, basename(path))
          if (isRefusal(xml)) return xml
          const written = await writeOutput(file, xml)
          if (isRefusal(written)) return written
          const read = await readModelFile(file)
          if (isRefusal(read)) return read
          done.push({ file, hash: read.hash })
        }
        return {
          json: { hash: model.hash, written: done.map((one) => ({ ...one, same: one.hash === model.hash })) },
          lines: [
            `${text({ zh: '网的指纹', en: 'hash of the net' })} ${model.hash}`,
            ...done.map(({ file, hash }) =>
              hash === model.hash
                ? text({ zh: `${file}：读回相同`, en: `${file}: reads back the same` })
                : text({
                    zh: `${file}：走法相同，网络节点另行编号（指纹 ${hash}）`,
                    en: `${file}: the same runs, routing numbered anew (hash ${hash})`,
                  }),
            ),
          ],
        }
      }),
    )
}

const pnmlOf = async ({ procedure }: ModelFile): Promise<string | Refusal> => writePnml(procedure.net, procedure.name)

/** A BPMN file keeps all that its author wrote and gets a drawing where it has none; a bare net is put into gateways. */
async function bpmnOf({ procedure, xml }: ModelFile, file: string): Promise<string | Refusal> {
  const source = isBpmn(xml) ? xml : netToBpmn(procedure)
  if (isRefusal(source)) return source
  const drawn = await drawProcedure(source, file)
  return isRefusal(drawn) ? drawn : drawn.xml
}
