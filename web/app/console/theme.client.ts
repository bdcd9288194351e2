import type { ThemeConfig } from 'antd'
import type { Locale } from 'antd/es/locale'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import tokens from './antd-theme.json'

/** Ant Design in our colours; no wave on a click. */
export const theme: ThemeConfig = tokens as ThemeConfig

/** Ant Design's own words in a language. */
export const antdLocale = (language: string): Locale => (language === 'en' ? enUS : zhCN)
