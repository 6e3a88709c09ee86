/** Our `test` in the verbs that every engine knows: a spec that imports this file runs in Chromium, Firefox and WebKit. */
import { ground } from '../stage/ground.ts'
import { hearConsole } from '../stage/console.ts'
import { createTab } from '../stage/tab.ts'
import type { EngineVisitor } from './verbs.ts'

export { expect } from '../stage/expect.ts'
export { trail } from '../stage/server.ts'
export { siteNonce } from '../stage/site.ts'

export interface EngineFixtures {
  /** What the console of any tab said. */
  said: string[]
  visitor: EngineVisitor
}

/** Both are options: the project of an engine that Playwright does not move puts its own in their place. */
export const test = ground.extend<EngineFixtures>({
  said: [({ context }, use) => use(hearConsole(context)), { option: true }],
  visitor: [
    async ({ context, site, said: _said }, use) => {
      const tab = async () => createTab(await context.newPage(), site)
      await use({ ...(await tab()), tab })
    },
    { option: true },
  ],
})
