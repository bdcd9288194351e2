import { Outlet } from 'react-router'
import { loadTexts } from '../../../i18n/browser.ts'
import styles from './analysis.css?url'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The pages of one log share their texts and styles, which no other page loads. */
export async function clientLoader() {
  await loadTexts('analysis')
  return null
}
clientLoader.hydrate = true as const

export default function LogLayout() {
  return <Outlet />
}
