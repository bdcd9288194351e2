/**
 * Gives the page's nonce to every style element that a library makes, before any library is loaded: antd's provider
 * misses the modal's scroll lock and the scrollbar probe.
 */
export const pageNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

const create = document.createElement.bind(document) as typeof document.createElement
document.createElement = ((name: string, options?: ElementCreationOptions) => {
  const element = create(name, options)
  if (name.toLowerCase() === 'style') element.nonce = pageNonce
  return element
}) as typeof document.createElement
