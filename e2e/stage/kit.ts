import type { Livechat, LivechatOptions } from '../testing/contracts.ts'
import { openLivechat } from '../testing/livechat.ts'

/** The testing kit with the files that the build has made. */
export const openKit = (options?: LivechatOptions): Promise<Livechat> =>
  openLivechat({ widget: 'dist', pages: 'dist/testing/site' }, options)
