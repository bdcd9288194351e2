import i18next, { type i18n, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { i18nOptions, type Language, languageCookie, languages } from './languages.ts'

const loaders = import.meta.glob<ResourceLanguage[string]>(
  ['../../../packs/translations/*/common.json', '../../../packs/translations/*/console.json'],
  { import: 'default' },
)

const later = import.meta.glob<ResourceLanguage[string]>(
  ['../../../packs/translations/*/analysis.json', '../../../packs/translations/*/proposal.json'],
  { import: 'default' },
)

/** Loads the texts that only some pages need: of a log's analysis, or of proposals; the first page does not wait for them. */
export async function loadTexts(namespace: 'analysis' | 'proposal'): Promise<void> {
  const { language } = i18next
  const load = later[`../../../packs/translations/${language}/${namespace}.json`]
  if (!load || i18next.hasResourceBundle(language, namespace)) return
  i18next.addResourceBundle(language, namespace, await load())
}

/** Starts i18next in the language that the server rendered, loading that language's texts only. */
export async function startI18n(): Promise<i18n> {
  const language = languages.find((known) => known === document.documentElement.lang) ?? languages[0]
  const texts: Record<string, ResourceLanguage[string]> = {}
  await Promise.all(
    Object.entries(loaders).map(async ([path, load]) => {
      const [folder, file] = path.split('/').slice(-2)
      if (folder === language && file) texts[file.replace('.json', '')] = await load()
    }),
  )
  await i18next.use(initReactI18next).init({ ...i18nOptions, lng: language, resources: { [language]: texts } })
  return i18next
}

/** Keeps the console's language for a year and shows the page in it. */
export function chooseLanguage(language: Language): void {
  // The Cookie Store API is missing on plain-http intranets.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `${languageCookie}=${language}; Path=/console; Max-Age=31536000; SameSite=Lax`
  window.location.reload()
}
