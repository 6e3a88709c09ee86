import { createBuilder } from 'vite'
import { needChromium } from './stage/browser.ts'
import { buildRouters } from './stage/routers.ts'

/** The files under test are the ones just built; TAGALONG_BUILT=1 trusts those that are there. */
export default async function setup(): Promise<void> {
  needChromium()
  await buildRouters()
  if (!process.env.TAGALONG_BUILT) await (await createBuilder({ logLevel: 'warn' })).buildApp()
}
