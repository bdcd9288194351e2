import { existsSync } from 'node:fs'
import { inCheckout } from './checkout.js'
import { runHere } from './run-process.js'
import { Stop } from './say.js'

/**
 * Format and rules of style, by the program of this machine.
 * @param {readonly string[]} words more words for Biome
 */
export function lint(words = []) {
  const program = inCheckout('node_modules', '@biomejs', `cli-${process.platform}-${process.arch}`, 'biome')
  if (!existsSync(program)) {
    throw new Stop({
      zh: `本机（${process.platform}-${process.arch}）没有可用的代码检查程序 Biome：请在 Linux 上运行。`,
      en: `There is no Biome for this machine (${process.platform}-${process.arch}): run this on Linux.`,
    })
  }
  return runHere(program, ['check', '--error-on-warnings', ...words])
}

/** Types, in the sources and in the pages. */
export async function typecheck() {
  const tsc = inCheckout('node_modules', 'typescript', 'bin', 'tsc')
  const projects = ['tsconfig.json', 'web/tsconfig.json'].filter((file) => existsSync(inCheckout(file)))
  for (const project of projects) {
    const code = await runHere(process.execPath, [tsc, '-p', inCheckout(project)])
    if (code !== 0) return code
  }
  return 0
}

/** Files, exports and packages that nothing uses. */
export function unused() {
  return runHere(process.execPath, [inCheckout('node_modules', 'knip', 'bin', 'knip.js'), '--no-progress'])
}
