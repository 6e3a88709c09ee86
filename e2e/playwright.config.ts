import { defineConfig } from 'playwright/test'

export default defineConfig({
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  reporter: [['list']],
  timeout: 60_000,
  projects: [
    { name: 'unit', testDir: '..', testMatch: ['src/**/*.test.ts', 'e2e/**/*.test.ts'] },
    { name: 'chromium', testDir: '.', testMatch: '*.spec.ts' },
  ],
})
