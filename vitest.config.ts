import { defineConfig } from 'vitest/config'

const results = process.env.VITEST_RESULTS

// `*.lab.test.ts` needs the lab (lab/README: real Docker, registry, emulator), which is started for it; the rest needs nothing.
export default defineConfig({
  test: {
    reporters: results === undefined ? ['default'] : ['default', ['json', { outputFile: results }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['__tests__/**/*.test.ts'],
          exclude: ['__tests__/**/*.lab.test.ts'],
          setupFiles: ['__tests__/property-seed.ts'],
          // A hang, not slowness: the machine may be shared.
          testTimeout: 300_000,
          // A process per file is most of what a test costs. No test replaces a module, and environment and spies are put back.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'lab',
          include: ['__tests__/**/*.lab.test.ts'],
          globalSetup: ['__tests__/lab-setup.ts'],
          setupFiles: ['__tests__/lab-ready.ts'],
          // Generous: a shared machine may be busy, and no test asserts a time.
          testTimeout: 300_000,
          hookTimeout: 900_000,
          // Of two cores: a third file runs while two wait for the engine (nine files in 142 s, 160 s with two at once).
          maxWorkers: 3,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
