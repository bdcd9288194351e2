import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { checkout, inCheckout } from './checkout.js'

/**
 * Runs a program to its end with this terminal as its own, and hands it the signals that reach the launcher.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, onMessage?: (message: unknown) => void }} [options]
 * @returns {Promise<number>} its exit code
 */
export function runHere(command, args, { env = process.env, cwd = checkout, onMessage } = {}) {
  return new Promise((resolve, reject) => {
    const stdio = onMessage === undefined ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc']
    const child = spawn(command, [...args], { cwd, env, stdio: /** @type {any} */ (stdio) })
    if (onMessage !== undefined) child.on('message', onMessage)
    // Ctrl-C reaches the child by itself; a signal to the launcher alone is passed on, as one that is never sent twice.
    const forward = () => setTimeout(() => child.kill('SIGTERM'), 400).unref()
    const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])
    for (const signal of signals) process.on(signal, forward)
    const done = () => {
      for (const signal of signals) process.removeListener(signal, forward)
    }
    child.once('error', (error) => {
      done()
      reject(error)
    })
    child.once('close', (code, signal) => {
      done()
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGTERM' ? 143 : 1))
    })
  })
}

/**
 * Runs a program quietly; what it said is kept in `build/<name>.log`, for the sentence that a failure ends in.
 * @param {string} name
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<{ code: number, said: string, log: string }>}
 */
export function runQuietly(name, command, args, { env = process.env, cwd = checkout } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => {
      const log = inCheckout('build', `${name}.log`)
      try {
        mkdirSync(inCheckout('build'), { recursive: true })
        writeFileSync(log, said)
      } catch {
        // The log is a convenience; where it cannot be written (a full disk), the sentence still names the cause.
      }
      resolve({ code: code ?? 1, said, log })
    })
  })
}
