import type { ReactNode, Ref } from 'react'

/** A part of a page that scrolls sideways by itself, reachable by keyboard; the page never does. */
export function ScrollPart({
  label,
  children,
  ref,
}: {
  readonly label: string
  readonly children: ReactNode
  readonly ref?: Ref<HTMLDivElement>
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: neither a form's fieldset nor one more landmark
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div role="group" className="scroll" aria-label={label} tabIndex={0} ref={ref}>
      {children}
    </div>
  )
}
