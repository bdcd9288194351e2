import { useTranslation } from 'react-i18next'

/** A limit of days in words: 20 个工作日; 0 is the same day. */
export function useDays(): (days: { readonly value: number; readonly unit: string } | null) => string {
  const { t } = useTranslation()
  return (days) => {
    if (days === null) return t('none')
    return days.value === 0 ? t('same-day') : t(`unit.${days.unit}`, { count: days.value })
  }
}
