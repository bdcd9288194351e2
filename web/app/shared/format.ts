import type { Language } from '../i18n/languages.ts'

/** Text in both languages as the API sends it. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}

/** The text of a language. */
export const inLanguage = (text: Bilingual, language: string): string => (language === 'en' ? text.en : text.zh)

/** The zone that the house's times are shown in, unless a log has its own. */
export const houseZone = 'Asia/Shanghai'

const numbers = { 'zh-CN': new Intl.NumberFormat('zh-CN'), en: new Intl.NumberFormat('en-GB') }

/** A whole number with thousands. */
export const formatNumber = (value: number, language: string): string =>
  numbers[language === 'en' ? 'en' : 'zh-CN'].format(value).replace('-', '−')

/** A share with one decimal, such as 45.9%. */
export const formatShare = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%`

/** A date in prose: 2026 年 11 月 20 日, or 20 November 2026. `date` is YYYY-MM-DD. */
export function formatDate(date: string, language: string): string {
  const [year, month, day] = date.slice(0, 10).split('-').map(Number)
  if (!year || !month || !day) return date
  if (language !== 'en') return `${year} 年 ${month} 月 ${day} 日`
  return `${day} ${monthNames[month - 1]} ${year}`
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

const parts = new Map<string, Intl.DateTimeFormat>()

/** An instant for a table: 2026-11-20 09:12, in the zone given. */
export function formatInstant(instant: string | number, zone: string = houseZone): string {
  let formatter = parts.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    parts.set(zone, formatter)
  }
  return formatter.format(new Date(instant))
}

/** The language tag of the interface as our own type. */
export const languageOfTag = (tag: string): Language => (tag === 'en' ? 'en' : 'zh-CN')
