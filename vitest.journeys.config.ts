import { defineConfig } from 'vitest/config'

/** Journeys through the built pages in a real browser, one file after another: each runs a server of its own. */
export default defineConfig({
  test: {
    include: ['tests/journeys/**/*.test.ts'],
    globalSetup: ['src/kernel/db/test-cluster.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { TZ: 'UTC', DAYLIGHT_ZONE: 'Asia/Shanghai' },
  },
})
