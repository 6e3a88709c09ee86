import { createBuilder } from 'vite'
import { isBuilt } from '../src/build/built.ts'
import { needChromium } from './stage/browser.ts'
import { buildRouters } from './stage/routers.ts'

/** The files under test are built first when a source is newer than they are; TAGALONG_BUILT=1 trusts those that are there. */
export default async function setup(): Promise<void> {
  needChromium()
  await buildRouters()
  if (!process.env.TAGALONG_BUILT && !isBuilt()) await (await createBuilder({ logLevel: 'warn' })).buildApp()
}
