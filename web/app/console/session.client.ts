import { createContext, useContext } from 'react'
import type { LoopWord } from './keyboard.client.ts'

export interface SessionBody {
  menu: LoopWord[]
  pages: string[]
}

export const SessionContext = createContext<SessionBody | null>(null)
export function useSession(): SessionBody {
  const session = useContext(SessionContext)
  if (!session) throw new Error('a console page outside its frame')
  return session
}
