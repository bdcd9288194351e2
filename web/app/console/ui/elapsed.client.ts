import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../shared/format.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** How a stretch of time is written, as the server's own sentences write it: its largest unit, with one decimal. */
export function elapsedParts(seconds: number): {
  readonly value: number
  readonly unit: 'second' | 'minute' | 'hour' | 'day'
} {
  const size = Math.abs(seconds)
  const [unit, length] =
    size < minute
      ? (['second', 1] as const)
      : size < hour
        ? (['minute', minute] as const)
        : size < day
          ? (['hour', hour] as const)
          : (['day', day] as const)
  return { value: Math.round((seconds / length) * 10) / 10, unit }
}

/** A stretch of time that went by on the calendar, in words: 9.4 天. Null is a dash. */
export function useElapsed(): (seconds: number | null | undefined) => string {
  const { t, i18n } = useTranslation('analysis')
  return (seconds) => {
    if (seconds === null || seconds === undefined) return t('common:none')
    const { value, unit } = elapsedParts(seconds)
    return t(`elapsed.${unit}`, { count: value, value: formatNumber(value, i18n.language) })
  }
}
