import { useTranslation } from 'react-i18next'

/** A number of days with its unit. */
interface Days {
  readonly value: number
  readonly unit: string
}

/** A limit of days in words: 20 个工作日; a limit of 0 is the same day. */
export function useDays(): (days: Days | null) => string {
  const { t } = useTranslation()
  return (days) => {
    if (days === null) return t('none')
    return days.value === 0 ? t('same-day') : t(`unit.${days.unit}`, { count: days.value })
  }
}

/** A count of days in words; here 0 is none, not the same day. */
export function useDayCount(): (days: Days) => string {
  const { t } = useTranslation()
  return (days) => t(`unit.${days.unit}`, { count: days.value })
}
