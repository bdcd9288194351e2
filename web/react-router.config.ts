import type { Config } from '@react-router/dev/config'
import { precompress } from './precompress.ts'

export default {
  appDirectory: 'app',
  buildDirectory: '../build/web',
  ssr: true,
  // The manifest is small; asking for it lazily would be one more public endpoint.
  routeDiscovery: { mode: 'initial' },
  buildEnd: async ({ reactRouterConfig }) => {
    await precompress(`${reactRouterConfig.buildDirectory}/client`)
  },
} satisfies Config
