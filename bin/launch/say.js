// Launchers speak before the program can: one sentence in each language, or in the one that the system names.

const named = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''

/** @param {{ zh: string, en: string }} both */
export function words(both) {
  if (/^en/i.test(named)) return both.en
  if (/^zh/i.test(named)) return both.zh
  return `${both.zh} ${both.en}`
}

/** @param {{ zh: string, en: string }} both */
export function say(both) {
  process.stdout.write(`${words(both)}\n`)
}

/** What a launcher cannot go on from: a sentence for the person, no stack. */
export class Stop extends Error {
  /** @param {{ zh: string, en: string }} both what happened and what to do */
  constructor(both) {
    super(words(both))
    this.name = 'Stop'
  }
}

/** @param {number} milliseconds */
export const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1)
