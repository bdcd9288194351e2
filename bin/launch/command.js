import { inCheckout } from './checkout.js'
import { ensureInstalled } from './install.js'
import { findNode26 } from './node26.js'
import { runHere } from './run-process.js'
import { Stop } from './say.js'

// The command runs where it was called, so that a relative path means what the person means.
try {
  await ensureInstalled('run')
  const args = [inCheckout('src/app/cli/main.ts'), ...process.argv.slice(2)]
  // Node keeps what it compiled: half of a short command's time was compiling. It does without where it may not write.
  const env = { NODE_COMPILE_CACHE: inCheckout('node_modules/.cache/daylight-code'), ...process.env }
  process.exitCode = await runHere(findNode26(), args, { cwd: process.cwd(), env })
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(error.message)
  process.exitCode = 2
}
