import { seeReadme } from './readme'

/** A file of its own: recovery warns with this sentence too, and does not fetch the others for it. */
export const blockedSentence = (origin: string): string =>
  `The server is there, but it does not let this page write to it: an administrator turns on “Enable CORS” (API_Enable_CORS) and lists ${origin || 'the origin of this page'}, or *, in “CORS Origin” (API_CORS_Origin). Should the address redirect, “npx @tagalong/livechat doctor” says where to${seeReadme('the-page-may-not-read-the-server')}.`
