import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './run-process.js'
import { Stop, say } from './say.js'

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** @returns {string | null} the browser that the journeys drive */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) return existsSync(named) ? named : null
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = programs.flatMap((program) => folders.map((folder) => join(folder, program)))
  return paths.find((path) => existsSync(path)) ?? null
}

const fontFolders = ['/usr/share/fonts', '/usr/local/share/fonts', join(process.env.HOME ?? '/', '.local/share/fonts')]

/** Whether some font on this machine has Chinese characters: without one, pages show empty boxes. */
export function hasChineseFont() {
  const listed = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' })
  if (listed.status === 0) return listed.stdout.trim() !== ''
  return fontFolders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true }).some((file) => /CJK|NotoSansSC/i.test(String(file))),
  )
}

/** How this user may install a Debian package, or null. */
function apt() {
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0) return null
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null
}

/** @param {readonly string[]} missing */
async function install(missing) {
  const before = apt()
  const byHand = `sudo apt-get install -y ${missing.join(' ')}`
  const stop = new Stop({
    zh: `浏览器测试需要 ${missing.join(' 和 ')}，这里不能自动安装：请运行 ${byHand}，再运行 npm test。`,
    en: `The browser tests need ${missing.join(' and ')}, which cannot be installed from here: run ${byHand}, then npm test.`,
  })
  if (before === null) throw stop
  say({ zh: `正在安装 ${missing.join('、')}…`, en: `Installing ${missing.join(', ')}…` })
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive']
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...missing]]) {
    const [command = '', ...rest] = [...before, ...env, 'apt-get', ...args]
    const { code } = await runQuietly(`apt-${args[0]}`, command, rest)
    // A package list that could not be refreshed may still be good enough to install from.
    if (code !== 0 && args[0] === 'install') throw stop
  }
}

/** Installs the browser and the fonts that the journeys need, where they are missing. */
export async function ensureBrowser() {
  const missing = [...(findChromium() === null ? ['chromium'] : []), ...(hasChineseFont() ? [] : ['fonts-noto-cjk'])]
  if (missing.length > 0) await install(missing)
}
