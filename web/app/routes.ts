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
  route('console/sign-in', 'console/sign-in/page.tsx'),
  route('console', 'console/layout.tsx', [
    index('console/home/home-page.tsx'),
    route('search', 'console/search/search-page.tsx'),
    route('list/powers', 'console/list/powers-page.tsx'),
    route('list/powers/:code', 'console/list/power-page.tsx'),
    route('list/procedures/:procedure', 'console/list/procedure-page.tsx'),
    route('list/proposals', 'console/list/proposals/layout.tsx', [
      index('console/list/proposals/proposals-page.tsx'),
      route('new', 'console/list/proposals/discover-page.tsx'),
      route(':proposal', 'console/list/proposals/proposal-page.tsx'),
    ]),
    route('list/laws', 'console/list/laws-page.tsx'),
    route('list/laws/:law', 'console/list/law-page.tsx'),
    route('list/laws/:law/articles/:article', 'console/list/article-page.tsx'),
    route('supervise/logs', 'console/supervise/logs/logs-page.tsx'),
    route('supervise/logs/import', 'console/supervise/logs/import-page.tsx'),
    route('supervise/logs/:id', 'console/supervise/logs/layout.tsx', [
      index('console/supervise/logs/log-page.tsx'),
      route('variants', 'console/supervise/logs/variants/variants-page.tsx'),
      route('variants/:variant', 'console/supervise/logs/variants/variant-page.tsx'),
      route('map', 'console/supervise/logs/map/map-page.tsx'),
      route('deviations', 'console/supervise/logs/deviations/deviations-page.tsx'),
      route('rhythm', 'console/supervise/logs/rhythm/rhythm-page.tsx'),
      route('compare', 'console/supervise/logs/compare/compare-page.tsx'),
      route('report', 'console/supervise/logs/report/report-page.tsx'),
      route('cases', 'console/supervise/logs/cases-page.tsx'),
      route('cases/:caseId', 'console/supervise/logs/case-page.tsx'),
    ]),
    route('supervise/checks', 'console/supervise/checks/checks-page.tsx'),
    route('supervise/checks/:check', 'console/supervise/checks/check-page.tsx'),
    route('remedy/findings', 'console/remedy/findings-page.tsx'),
    route('remedy/findings/:id', 'console/remedy/finding-page.tsx'),
    route('trust/organs', 'console/trust/organs-page.tsx'),
    route('trust/audit', 'console/trust/audit-page.tsx'),
    route('*', 'console/missing/missing-page.tsx'),
  ]),
] satisfies RouteConfig
