import { defineConfig } from 'playwright/test'
import { findChromium } from './stage/browser.ts'
import type { EngineFixtures } from './engines/test.ts'
import { engineProjects } from './engines/projects.ts'

const use = {
  launchOptions: {
    executablePath: findChromium(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  },
}

/** Tests that read the files under `dist`; all other unit tests need no build. */
const ofBuiltFiles = ['src/build/downloads.test.ts', 'e2e/specs/house/*.test.ts']

export default defineConfig<EngineFixtures>({
  globalSetup: './stage/setup.ts',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  // A shared machine may stop for a second at any moment; what fails three times in a row is broken.
  retries: process.env.CI ? 2 : 0,
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['./rocketchat/reporter.ts']],
  timeout: 60_000,
  expect: { timeout: 20_000 },
  projects: [
    { name: 'unit', testDir: '..', testMatch: ['src/**/*.test.ts', 'e2e/**/*.test.ts'], testIgnore: ofBuiltFiles },
    { name: 'built', testDir: '..', testMatch: ofBuiltFiles },
    { name: 'chromium', testDir: '.', testMatch: 'specs/**/*.spec.ts', use },
    // What a livechat server must do, of the embedded one or, by TAGALONG_SERVER, of a real one.
    { name: 'server', testDir: './rocketchat', testMatch: '*.spec.ts', workers: 1, timeout: 300_000, use },
    ...engineProjects(!!process.env.TAGALONG_ENGINES),
    // Large to install and slow to build: a command of its own.
    ...(process.env.TAGALONG_NEXT ? [{ name: 'next', testDir: './hosts/next', testMatch: '*.spec.ts', use }] : []),
    ...(process.env.TAGALONG_RECIPES
      ? [{ name: 'recipes', testDir: './hosts/recipes', testMatch: '*.spec.ts', use }]
      : []),
  ],
})
