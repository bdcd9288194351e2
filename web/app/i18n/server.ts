import { createInstance, type i18n, type ResourceLanguage } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { i18nOptions, type Language, languageCookie, languages } from './languages.ts'

const files = import.meta.glob<ResourceLanguage[string]>('../../../packs/translations/*/*.json', {
  eager: true,
  import: 'default',
})

function textsOf(language: Language): ResourceLanguage {
  const texts: Record<string, ResourceLanguage[string]> = {}
  for (const [path, content] of Object.entries(files)) {
    const [folder, file] = path.split('/').slice(-2)
    if (folder === language && file) texts[file.replace('.json', '')] = content
  }
  return texts
}

const instances = new Map<Language, i18n>(
  languages.map((language) => {
    const instance = createInstance()
    instance.use(initReactI18next).init({ ...i18nOptions, lng: language, resources: { [language]: textsOf(language) } })
    return [language, instance]
  }),
)

/** The one i18next instance of a language on the server. */
export function i18nOf(language: Language): i18n {
  const instance = instances.get(language)
  if (!instance) throw new Error(`no texts for ${language}`)
  return instance
}

/** The language of a request: the console keeps it in a cookie, the portal in the address. */
export function languageOf(request: Request): Language {
  const path = new URL(request.url).pathname
  if (!/^\/console(?:\/|$|\.)/.test(path)) return /^\/en(?:\/|$)/.test(path) ? 'en' : 'zh-CN'
  const kept = new RegExp(`(?:^|;\\s*)${languageCookie}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1]
  return languages.find((language) => language === kept) ?? 'zh-CN'
}
