import { Outlet } from 'react-router'
import { loadTexts } from '../../../i18n/browser.ts'
import styles from './proposals.css?url'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** The pages of proposals share their texts and styles, which no other page loads. */
export async function clientLoader() {
  // A proposal is made from the cases that a log's own filter leaves, said in that filter's words.
  await Promise.all([loadTexts('proposal'), loadTexts('analysis')])
  return null
}
clientLoader.hydrate = true as const

export default function ProposalsLayout() {
  return <Outlet />
}
