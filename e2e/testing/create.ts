import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Livechat, LivechatOptions } from './contracts.ts'
import { openLivechat } from './livechat.ts'

/** Built, this file is in `dist/testing`: the widget's files lie in the folder above, the desk and the demo beside it. */
const here = dirname(fileURLToPath(import.meta.url))

/**
 * Starts a livechat server on this machine that answers as Rocket.Chat does, and refuses what Rocket.Chat refuses.
 *
 * @example
 * const livechat = await createLivechat()
 * await page.setContent(livechat.tag())
 */
export const createLivechat = (options?: LivechatOptions): Promise<Livechat> =>
  openLivechat({ widget: dirname(here), pages: join(here, 'site') }, options)
