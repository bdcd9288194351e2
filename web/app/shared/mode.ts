/** How a portal page is read; both stand in the address, so that a link shared keeps them and no cookie is needed. */
export interface Mode {
  readonly language: 'zh-CN' | 'en'
  /** The elders' text size. */
  readonly large: boolean
}

/** Reads the mode from a portal path: `/`, `/en/…`, `/large/…`, `/en/large/…`. */
export function modeOf(pathname: string): Mode {
  const [, first, second] = pathname.split('/')
  const language = first === 'en' ? 'en' : 'zh-CN'
  return { language, large: first === 'large' || (first === 'en' && second === 'large') }
}

/** A portal path in a mode; `path` begins with a slash. */
export function portalPath(mode: Mode, path: string): string {
  const prefix = `${mode.language === 'en' ? '/en' : ''}${mode.large ? '/large' : ''}`
  return prefix + (path === '/' && prefix !== '' ? '' : path)
}

/** The path of a page without its mode. */
export function plainPath(pathname: string): string {
  return pathname.replace(/^(?:\/en)?(?:\/large)?(?=\/|$)/, '') || '/'
}
