import { createBuilder } from 'vite'
import { isBuilt } from '../../src/build/built.ts'
import { missingEngines } from '../engines/projects.ts'
import { needServer } from '../rocketchat/subject.ts'
import { needChromium } from './browser.ts'
import { buildRouters } from './routers.ts'

/**
 * The files under test are built first when a source is newer than they are; TAGALONG_BUILT=1 trusts those that are there.
 * TAGALONG_SOURCES=1: the tests of this run need neither built files nor a browser.
 */
export default async function setup(): Promise<void> {
  await needServer()
  if (process.env.TAGALONG_SOURCES) return
  // `npm test` as it stands: playwright test -c e2e.
  if (process.argv.slice(2).join(' ') === 'test -c e2e')
    console.log('Every test, in Node and in Chromium: about a quarter of an hour.')
  needChromium()
  for (const says of missingEngines) console.log(`${says} Its tests are left out.`)
  await buildRouters()
  if (process.env.TAGALONG_BUILT || isBuilt()) return
  console.log('A source is newer than dist: building first, which takes about half a minute.')
  await (await createBuilder({ logLevel: 'warn' })).buildApp()
}
