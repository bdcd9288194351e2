import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inCheckout } from './checkout.js'
import { stopFor } from './failure.js'
import { runQuietly } from './run-process.js'
import { say, seconds } from './say.js'

/** @typedef {{ version?: string, dev?: boolean, devOptional?: boolean, optional?: boolean }} Entry */

/**
 * @param {string} file
 * @returns {Record<string, Entry> | null}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

/**
 * Whether node_modules holds what the lock file asks for: npm keeps a list of what it has put there.
 * Optional packages are those of other machines, and are left out of the comparison.
 * @param {'run' | 'develop'} scope
 * @param {string} [folder]
 */
export function isInstalled(scope, folder = inCheckout()) {
  const wanted = packagesIn(join(folder, 'package-lock.json'))
  const held = packagesIn(join(folder, 'node_modules', '.package-lock.json'))
  if (wanted === null || held === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.devOptional) return true
    if (scope === 'run' && entry.dev) return true
    return held[path]?.version === entry.version
  })
}

/** npm as it was called, else the npm beside this Node, else the one on the path. */
function npm() {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return { command: process.execPath, before: [script] }
  const beside = join(dirname(process.execPath), 'npm')
  return { command: existsSync(beside) ? beside : 'npm', before: [] }
}

/**
 * Installs what the lock file names, exactly, if it is not there yet.
 * @param {'run' | 'develop'} scope `develop` adds what tests and checks need
 * @returns {Promise<number>} the milliseconds that it took; 0 where nothing was missing
 */
export async function ensureInstalled(scope) {
  if (isInstalled(scope)) return 0
  say({ zh: '正在下载并安装所需的软件包（只此一次）…', en: 'Downloading and installing the packages (only once)…' })
  const began = performance.now()
  const { command, before } = npm()
  const omit = scope === 'run' ? ['--omit=dev'] : ['--include=dev']
  const args = [...before, 'ci', ...omit, '--include=optional', '--no-audit', '--no-fund', '--prefer-offline']
  const { code, said, log } = await runQuietly('install', command, args)
  if (code !== 0) {
    throw stopFor(said, {
      zh: `软件包没有装上：详情见 ${log}，改正后重新运行。`,
      en: `The packages could not be installed: see ${log}, put it right, then run this again.`,
    })
  }
  const took = performance.now() - began
  say({ zh: `安装完成，用时 ${seconds(took)} 秒。`, en: `Installed in ${seconds(took)} s.` })
  return took
}
