import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'tests/architecture/**/*.test.ts', 'tests/launch/**/*.test.ts',
      'tests/docs/**/*.test.ts', 'verify/**/*.test.ts', 'web/**/*.test.ts', 'bin/**/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/build/**', '**/.react-router/**'],
    globalSetup: ['src/kernel/db/test-cluster.ts'],
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    env: { TZ: 'UTC', DAYLIGHT_ZONE: 'Asia/Shanghai' },
  },
})
