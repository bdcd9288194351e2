import { reactRouter } from '@react-router/dev/vite'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [reactRouter()],
  // The portal ships no script, so only its styles must suit old browsers.
  build: { target: 'es2022', cssTarget: 'chrome86', emptyOutDir: true, chunkSizeWarningLimit: 1600 },
  // Without this list the first load in development fails once, while Vite finds them.
  optimizeDeps: {
    include: ['antd', 'antd/locale/zh_CN', 'antd/locale/en_US', 'i18next', 'openapi-fetch'],
  },
})
