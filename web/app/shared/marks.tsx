import type { ReactNode } from 'react'

/** A state is always mark + word + colour; the marks differ in shape, so that greyscale tells them apart. */
export type Tone = 'prompt' | 'yellow' | 'red' | 'ok' | 'none' | 'pause'

const shapes: Record<Tone, ReactNode> = {
  prompt: (
    <>
      <circle cx="8" cy="8" r="6.5" className="m-prompt" />
      <path d="M8 7v4.300M8 4.400v.5" className="m-white" strokeWidth="1.8" />
    </>
  ),
  yellow: (
    <>
      <path d="M8 1.600 15.200 14.400H.8z" className="m-yellow" strokeWidth="1.2" />
      <path d="M8 6.200v3.600M8 11.900v.3" className="m-ink" strokeWidth="1.6" />
    </>
  ),
  red: (
    <>
      <path d="M5.200 1h5.600L15 5.200v5.600L10.800 15H5.200L1 10.800V5.200z" className="m-red" />
      <path d="m5.500 5.500 5 5M10.500 5.500l-5 5" className="m-white" strokeWidth="1.8" />
    </>
  ),
  ok: (
    <>
      <circle cx="8" cy="8" r="6.500" className="m-ok" strokeWidth="1.6" />
      <path d="m4.900 8.200 2.200 2.200 4-4.400" className="m-okline" strokeWidth="1.8" />
    </>
  ),
  none: <circle cx="8" cy="8" r="6" className="m-none" strokeWidth="1.6" strokeDasharray="2.6 2.1" />,
  pause: <path d="M5.500 3v10M10.500 3v10" className="m-pause" strokeWidth="2.4" />,
}

/** The mark of a state; its word stands beside it, so it says nothing itself. */
export function Mark({ tone, size = 16 }: { readonly tone: Tone; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" className="i" aria-hidden="true" focusable="false">
      {shapes[tone]}
    </svg>
  )
}

/** A state in words with its mark. */
export function State({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`st ${tone}`}>
      <Mark tone={tone} />
      {children}
    </span>
  )
}

/** A state on its ground, at the head of a page. */
export function Chip({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`chip ${tone}`}>
      <Mark tone={tone} />
      {children}
    </span>
  )
}
