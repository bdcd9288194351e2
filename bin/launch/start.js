import { inCheckout } from './checkout.js'
import { ensureInstalled } from './install.js'
import { findNode26 } from './node26.js'
import { runHere } from './run-process.js'
import { say, seconds } from './say.js'
import { ensureWebBuilt } from './web-build.js'

/**
 * `npm start`: installs and builds what is missing, then runs the server until Ctrl-C.
 * The server tells over its channel when it answers, and stops when the channel closes.
 */
export async function start() {
  const began = performance.now()
  const installed = await ensureInstalled('run')
  await ensureWebBuilt()
  const ready = () => {
    const rest = performance.now() - began - installed
    say({
      zh: `下载与安装 ${seconds(installed)} 秒，其余 ${seconds(rest)} 秒。按 Ctrl-C 停止。`,
      en: `Download and install ${seconds(installed)} s, the rest ${seconds(rest)} s. Ctrl-C stops it.`,
    })
  }
  return await runHere(findNode26(), [inCheckout('src/app/server/main.ts')], {
    onMessage: (message) => {
      if (message === 'ready') ready()
    },
  })
}
