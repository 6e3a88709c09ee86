import { expect as base } from 'playwright/test'
import { livechatMatchers } from '../testing/matchers.ts'

/** With what the testing kit gives to other people's tests: `await expect(server).toHaveVisits(['/', '/shoes'])`. */
export const expect = base.extend(livechatMatchers)
