import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { inCheckout } from './checkout.js'
import { stopFor } from './failure.js'
import { findNode26 } from './node26.js'
import { runQuietly } from './run-process.js'
import { say, seconds } from './say.js'

const stamp = inCheckout('build', 'web.sha256')
const passedOver = /(^|\/)(node_modules|build|\.react-router)(\/|$)|\.test\.tsx?$/

/** What the pages are built from: the web app, the texts of the interface, and the versions of the tools. */
function inputs() {
  const folders = ['web', 'packs/translations'].filter((folder) => existsSync(inCheckout(folder)))
  const files = folders.flatMap((folder) =>
    readdirSync(inCheckout(folder), { recursive: true, encoding: 'utf8' })
      .map((name) => inCheckout(folder, name))
      .filter((path) => !passedOver.test(path.slice(inCheckout().length)) && statSync(path).isFile()),
  )
  return [...files, inCheckout('package-lock.json')].sort()
}

function hashOfInputs() {
  const hash = createHash('sha256')
  for (const file of inputs())
    hash.update(file.slice(inCheckout().length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/**
 * Builds the pages if what they are built from has changed since the last build.
 * @param {{ always?: boolean }} [options]
 * @returns {Promise<number>} the milliseconds that it took; 0 where the pages were current
 */
export async function ensureWebBuilt({ always = false } = {}) {
  const hash = hashOfInputs()
  if (!always && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return 0
  say({ zh: '正在构建网页…', en: 'Building the pages…' })
  const began = performance.now()
  rmSync(stamp, { force: true })
  const script = inCheckout('node_modules', '@react-router', 'dev', 'bin.cjs')
  const { code, said, log } = await runQuietly('web', findNode26(), [script, 'build'], { cwd: inCheckout('web') })
  if (code !== 0) {
    throw stopFor(said, {
      zh: `网页没有构建成功：详情见 ${log}。`,
      en: `The pages could not be built: see ${log}.`,
    })
  }
  mkdirSync(inCheckout('build'), { recursive: true })
  writeFileSync(stamp, hash)
  const took = performance.now() - began
  say({ zh: `网页构建完成，用时 ${seconds(took)} 秒。`, en: `Pages built in ${seconds(took)} s.` })
  return took
}
