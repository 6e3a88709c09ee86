import type { Livechat, LivechatOptions } from './contracts.ts'
import { createLivechat } from './create.ts'

/** What is needed of Playwright's browser context. */
interface Context {
  addInitScript(script: (origin: string) => void, origin: string): Promise<unknown>
  grantPermissions(names: string[]): Promise<void>
}

/**
 * What a Playwright test has beside Playwright's own.
 *
 * @example
 * const test = base.extend<LivechatFixtures>(livechatFixtures)
 */
export interface LivechatFixtures {
  /** Of the test's livechat: `test.use({ livechatOptions: { port: 3010 } })`. */
  livechatOptions: LivechatOptions
  /** A livechat server of this test's own. Every script tag on the test's pages reports to it, whatever its `data-server` says. */
  livechat: Livechat
}

/** Before any script of a page: what the page says by `Tagalong(…)` is laid over the attributes of its tag. */
const leadTags = (server: string): void => {
  // Pages know no such name before the widget has come.
  const page = globalThis as unknown as { Tagalong: unknown }
  const said: unknown[] = [{ server }]
  page.Tagalong = Object.assign((more: unknown) => void said.push(more), { q: said })
}

/**
 * For `extend()` of your own Playwright `test`.
 *
 * @example
 * import { test as base, expect } from '@playwright/test'
 * import { livechatFixtures, livechatMatchers, type LivechatFixtures } from '@tagalong/livechat/testing'
 *
 * export const test = base.extend<LivechatFixtures>(livechatFixtures)
 * expect.extend(livechatMatchers)
 */
export const livechatFixtures: {
  livechatOptions: [LivechatOptions, { option: true }]
  livechat(
    given: { context: Context; livechatOptions: LivechatOptions },
    use: (livechat: Livechat) => Promise<void>,
  ): Promise<void>
} = {
  livechatOptions: [{}, { option: true }],
  async livechat({ context, livechatOptions }, use) {
    const livechat = await createLivechat(livechatOptions)
    await context.addInitScript(leadTags, livechat.origin)
    // Chromium asks before a page from elsewhere, such as one that a test answers itself, may reach this machine. Other browsers do not, and
    // know no such permission. https://developer.chrome.com/blog/local-network-access
    await context.grantPermissions(['local-network-access']).catch(() => {})
    await use(livechat)
    await livechat.stop()
  },
}
