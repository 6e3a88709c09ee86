import { defaultTimeoutMs } from './livechat.ts'
import type { ExpectedVisit, Patience } from './contracts.ts'
import { waitForVisits, type Heard } from './waiting.ts'

/** What a runner tells a matcher; only Playwright knows a timeout. */
interface MatcherState {
  isNot?: boolean
  timeout?: number
}

/**
 * For `expect.extend()` of Playwright, Vitest and Jest. A type, since `extend()` takes no interface.
 *
 * @example
 * expect.extend(livechatMatchers)
 * await expect(livechat).toHaveVisits(['/', { href: '/shoes', title: 'Shoes' }])
 */
export type LivechatMatchers = {
  /** Waits until exactly these visits have arrived, in this order. */
  toHaveVisits(
    this: MatcherState,
    livechat: Heard,
    expected: ExpectedVisit[],
    patience?: Patience,
  ): Promise<{ pass: boolean; message: () => string }>
}

const isHeard = (value: unknown): value is Heard =>
  typeof value === 'object' && value !== null && 'visits' in value && 'calls' in value

/**
 * For `expect.extend()` of Playwright, Vitest and Jest.
 *
 * @example
 * expect.extend(livechatMatchers)
 */
export const livechatMatchers: LivechatMatchers = {
  async toHaveVisits(livechat, expected, patience) {
    if (!isHeard(livechat)) throw new TypeError('expect(…).toHaveVisits() is asked of a livechat: expect(livechat).')
    const not = this.isNot ?? false
    // In Playwright 0 means: without end.
    const timeoutMs = patience?.timeoutMs ?? (this.timeout === 0 ? Infinity : (this.timeout ?? defaultTimeoutMs))
    const verdict = await waitForVisits(livechat, expected, { timeoutMs, not })
    // With .not a runner wants a matcher that does not pass.
    return { pass: verdict.isMet !== not, message: () => (verdict.isMet ? '' : verdict.says) }
  },
}
