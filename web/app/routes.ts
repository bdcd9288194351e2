import { index, layout, prefix, type RouteConfig, route } from '@react-router/dev/routes'

export default [
  layout('portal/layout.tsx', [
    // Language and text size stand in the address: no cookie, and a link sent on keeps them.
    ...prefix('en?/large?', [
      index('portal/home.tsx'),
      route('powers', 'portal/powers.tsx'),
      route('powers/:code', 'portal/power.tsx'),
      route('laws', 'portal/laws.tsx'),
      route('laws/:law', 'portal/law.tsx'),
      route('laws/:law/articles/:article', 'portal/article.tsx'),
      route('*', 'portal/missing.tsx'),
    ]),
  ]),
  route('console', 'console/layout.tsx', [index('console/home/page.tsx')]),
  route('console/sign-in', 'console/sign-in/page.tsx'),
] satisfies RouteConfig
