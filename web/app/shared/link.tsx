import { createContext, type ReactNode, useContext } from 'react'

/** How a page that both halves share makes a link: the portal keeps its mode in the address, the console stays in its app. */
export type LinkMaker = (props: {
  readonly path: string
  readonly children: ReactNode
  readonly row?: boolean
}) => ReactNode

export const LinkContext = createContext<LinkMaker>(({ path, children }) => <a href={path}>{children}</a>)

/** A link to a page of laws or powers, which both halves have; `row` makes it a stop of the keys J and K. */
export function To(props: { readonly path: string; readonly children: ReactNode; readonly row?: boolean }) {
  return useContext(LinkContext)(props)
}
