import type { Bilingual } from '../refusal/refusal.ts'

const units = [
  { seconds: 86_400, zh: '天', en: 'd' },
  { seconds: 3600, zh: '小时', en: 'h' },
  { seconds: 60, zh: '分钟', en: 'min' },
  { seconds: 1, zh: '秒', en: 's' },
] as const

/** A duration in its largest whole unit with one decimal: 3.2 天, 3.2 d. */
export function saysDuration(seconds: number): Bilingual {
  const size = Math.abs(seconds)
  const unit = units.find((each) => size >= each.seconds) ?? units[3]
  const value = Math.round((seconds / unit.seconds) * 10) / 10
  return { zh: `${value} ${unit.zh}`, en: `${value} ${unit.en}` }
}
