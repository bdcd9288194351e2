import { useState } from 'react'
import type { RefusalBody } from '../../../shared/refusal.ts'
import { Refused } from '../../api.client.ts'

/** Does something that may be refused, and keeps the refusal for the page to show. */
export function useAttempt(): {
  readonly refusal: RefusalBody | null
  readonly attempt: (act: () => Promise<void>) => Promise<void>
} {
  const [refusal, setRefusal] = useState<RefusalBody | null>(null)
  const attempt = async (act: () => Promise<void>) => {
    setRefusal(null)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      setRefusal(error.refusal)
    }
  }
  return { refusal, attempt }
}
