import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureBrowser, findChromium } from './browser.js'
import { inCheckout } from './checkout.js'
import { lint, typecheck, unused } from './checks.js'
import { ensureInstalled } from './install.js'
import { findNode26 } from './node26.js'
import { runHere } from './run-process.js'
import { Stop, say, seconds } from './say.js'
import { ensureWebBuilt } from './web-build.js'

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * Counts a vitest report. A file that could not even be read counts as one failure, and so does a run that failed
 * although every test passed (an error outside all tests).
 * @param {any} report
 * @param {number} code the run's exit code
 * @returns {Count}
 */
export function countReport(report, code) {
  /** @type {{ status: string, assertionResults: { status: string }[] }[]} */
  const files = report.testResults ?? []
  const unread = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  )
  const failed = report.numFailedTests + unread.length
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** @param {string} name @param {readonly string[]} words @returns {Promise<Count>} */
async function vitest(name, words) {
  const file = inCheckout('build', `${name}.json`)
  mkdirSync(inCheckout('build'), { recursive: true })
  rmSync(file, { force: true })
  const script = inCheckout('node_modules', 'vitest', 'vitest.mjs')
  const args = [
    script,
    'run',
    `--config=${name === 'tests' ? 'vitest.config.ts' : 'vitest.journeys.config.ts'}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const env = { ...process.env, CHROMIUM_PATH: findChromium() ?? '', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' }
  const code = await runHere(findNode26(), [...args, ...words], { env })
  try {
    return countReport(JSON.parse(readFileSync(file, 'utf8')), code)
  } catch {
    return { passed: 0, failed: 1 }
  }
}

/**
 * A step that passes or fails as a whole, with code 0 or another.
 * @param {() => number | Promise<number> | Promise<void>} step
 * @returns {() => Promise<Count>}
 */
const whole = (step) => async () => (((await step()) || 0) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/**
 * Runs a step; one that could not be done says why and counts as a failure, so that the last line is always the count.
 * @param {string} name
 * @param {() => Promise<Count>} step
 * @returns {Promise<Count>}
 */
export async function counted(name, step) {
  const began = performance.now()
  say({ zh: `── ${name}`, en: `── ${name}` })
  /** @type {Count} */
  let count = { passed: 0, failed: 1 }
  try {
    count = await step()
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error)
  }
  const took = seconds(performance.now() - began)
  say({ zh: `── ${name}：${took} 秒`, en: `── ${name}: ${took} s` })
  return count
}

/**
 * `npm test`: everything that stands between a change and its landing, in one run; the last line counts it.
 * Words after `--` choose test files, and leave the other steps out.
 * @param {readonly string[]} words
 */
export async function test(words) {
  /** @type {[string, () => Promise<Count>][]} */
  const steps =
    words.length > 0
      ? [['tests', () => vitest('tests', words)]]
      : [
          ['types', whole(typecheck)],
          ['lint', whole(lint)],
          ['unused', whole(unused)],
          ['pages', whole(async () => void (await ensureWebBuilt()))],
          ['tests', () => vitest('tests', [])],
          ['browser', whole(ensureBrowser)],
          ['journeys', () => vitest('journeys', [])],
        ]
  const total = { passed: 0, failed: 0 }
  const add = (/** @type {Count} */ { passed, failed }) => {
    total.passed += passed
    total.failed += failed
  }
  const installed = await counted(
    'packages',
    whole(async () => void (await ensureInstalled('develop'))),
  )
  add(installed)
  if (installed.failed === 0) for (const [name, step] of steps) add(await counted(name, step))
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
  return total.failed === 0 ? 0 : 1
}
