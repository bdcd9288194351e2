// Reads one log and says how long it took: a process of its own, so that its memory is its own.
import { isRefusal } from '../../src/core/refusal/refusal.ts'
import { readLog } from '../../src/kernel/tables/read-log.ts'

const before = process.cpuUsage()
const started = performance.now()
const read = await readLog(process.argv[2] ?? '')
if (isRefusal(read)) throw new Error(read.says.en)
const wall = (performance.now() - started) / 1000
const { user, system } = process.cpuUsage(before)
const { log } = read
const cpu = (user + system) / 1e6
const memory = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ cases: log.caseIds.length, events: log.row.length, wall, cpu, memory }))
