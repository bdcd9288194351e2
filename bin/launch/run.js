import { existsSync, readdirSync } from 'node:fs'
import { inCheckout } from './checkout.js'
import { stopFor } from './failure.js'
import { ensureInstalled } from './install.js'
import { findNode26 } from './node26.js'
import { runHere } from './run-process.js'
import { Stop } from './say.js'

/** @typedef {(words: readonly string[]) => Promise<number>} Script */

/**
 * `npm run bench -- conformance import`: each name is a file in bench/.
 * @type {Script}
 */
async function bench(names) {
  const known = (existsSync(inCheckout('bench')) ? readdirSync(inCheckout('bench')) : [])
    .filter((file) => /^[a-z-]+\.ts$/.test(file))
    .map((file) => file.slice(0, -3))
  const unknown = names.find((name) => !existsSync(inCheckout('bench', `${name}.ts`)))
  if (names.length === 0 || unknown !== undefined) {
    throw new Stop({
      zh: `${unknown === undefined ? '请写明要比较什么' : `没有名为 ${unknown} 的比较`}：可用的有 ${known.join('、')}。`,
      en: `${unknown === undefined ? 'Name what to compare' : `There is no comparison ${unknown}`}: there are ${known.join(', ')}.`,
    })
  }
  await ensureInstalled('develop')
  for (const name of names) {
    const code = await runHere(findNode26(), [inCheckout('bench', `${name}.ts`)])
    if (code !== 0) return code
  }
  return 0
}

/** @type {Record<string, Script>} */
const scripts = {
  bench,
  start: async () => (await import('./start.js')).start(),
  test: async (words) => (await import('./test.js')).test(words),
  build: async () => {
    await ensureInstalled('run')
    await (await import('./web-build.js')).ensureWebBuilt({ always: true })
    return 0
  },
  lint: async (words) => {
    await ensureInstalled('develop')
    return (await import('./checks.js')).lint(words)
  },
  unused: async () => {
    await ensureInstalled('develop')
    return (await import('./checks.js')).unused()
  },
  typecheck: async () => {
    await ensureInstalled('develop')
    return (await import('./checks.js')).typecheck()
  },
}

const [name = '', ...words] = process.argv.slice(2)
try {
  const script = scripts[name]
  if (script === undefined) throw new Stop({ zh: `没有 ${name} 这一项。`, en: `There is no script ${name}.` })
  process.exitCode = await script(words)
} catch (error) {
  const stop = error instanceof Stop ? error : null
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error)
  if (stop === null && code === undefined) throw error
  const otherwise = { zh: `没有完成：${message}。`, en: `It could not be done: ${message}.` }
  console.error((stop ?? stopFor(`${code} ${message}`, otherwise)).message)
  process.exitCode = 1
}
