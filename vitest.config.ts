import { defineConfig } from 'vitest/config'

const results = process.env.VITEST_RESULTS

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
  },
})
