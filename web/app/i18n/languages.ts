/** The languages of the interface; the first is the default. A folder of packs/translations each. */
export const languages = ['zh-CN', 'en'] as const
export type Language = (typeof languages)[number]

/** The cookie that keeps the console's language; the portal's language stands in its address. */
export const languageCookie = 'daylight_language'

/** One file of texts each: what both share, the portal's own, the console's own. */
export const namespaces = ['common', 'portal', 'console'] as const

/** The options that both sides start i18next with. */
export const i18nOptions = {
  fallbackLng: false,
  ns: namespaces,
  defaultNS: 'common',
  // React escapes what it renders.
  interpolation: { escapeValue: false },
  initAsync: false,
} as const
