/** npm `./testing/playwright`: Playwright's own `test` and `expect`, with a livechat. */
import { createRequire } from 'node:module'
import type { Expect, TestType } from '@playwright/test'
import { livechatFixtures, type LivechatFixtures } from './fixtures.ts'
import { livechatMatchers, type LivechatMatchers } from './matchers.ts'

type Runner = typeof import('@playwright/test')

/** The host's own copy: a second one would know nothing of the tests that are running. Asked for at once, so that `require()` may load this file. */
const findRunner = (): Runner => {
  const require = createRequire(import.meta.url)
  for (const name of ['@playwright/test', 'playwright/test'])
    try {
      return require(name) as Runner
    } catch (error) {
      // Whatever else is wrong with it is for the developer to read.
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    }
  throw new Error('@tagalong/livechat/testing/playwright needs Playwright: npm install --save-dev @playwright/test')
}

const runner = findRunner()

type Arguments = Runner['test'] extends TestType<infer TestArguments, infer _Worker> ? TestArguments : never
type WorkerArguments = Runner['test'] extends TestType<infer _Test, infer Worker> ? Worker : never

/**
 * Playwright's `test`, with a livechat server for each test that asks for one.
 *
 * @example
 * test('every page is reported', async ({ page, livechat }) => {
 *   await page.goto('/shoes')
 *   await expect(livechat).toHaveVisits(['/shoes'])
 * })
 */
export const test: TestType<Arguments & LivechatFixtures, WorkerArguments> =
  runner.test.extend<LivechatFixtures>(livechatFixtures)

/**
 * Playwright's `expect`, with `toHaveVisits`.
 *
 * @example
 * await expect(livechat).toHaveVisits(['/', { href: '/shoes', title: 'Shoes' }])
 */
export const expect: Expect<LivechatMatchers> = runner.expect.extend(livechatMatchers)
