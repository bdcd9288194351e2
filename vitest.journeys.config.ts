import { defineConfig } from 'vitest/config'

/** Journeys through the built pages in a real browser, one file after another: all visit one house with the example. */
export default defineConfig({
  test: {
    include: ['tests/journeys/**/*.test.ts'],
    globalSetup: ['tests/journeys/house-setup.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { TZ: 'UTC', DAYLIGHT_ZONE: 'Asia/Shanghai' },
  },
})
