import { createContext } from 'react'

/** The nonce of this answer's Content-Security-Policy; empty in the browser, where the meta element holds it. */
export const NonceContext = createContext('')
