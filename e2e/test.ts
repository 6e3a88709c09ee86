/** Our `test`: a livechat server, a customer's site and a visitor. Specs import this file and the stage, and speak in their verbs. */
import type { BrowserContext, Page } from 'playwright/test'
import { hearConsole } from './stage/console.ts'
import { ground } from './stage/ground.ts'
import { createMachine, type Machine } from './stage/machine.ts'
import { createTab, type Tab } from './stage/tab.ts'

export { expect } from './stage/expect.ts'
export type { Page }
export { demoAgent } from './backend/index.ts'
export type { Entry } from './backend/index.ts'
export { trail, type Server } from './stage/server.ts'
export type { Tab } from './stage/tab.ts'

/** With all that Playwright can do in Chromium and Firefox. */
export interface Visitor extends Tab {
  context: BrowserContext
  /** Another tab of the same browser. */
  tab(): Promise<Tab>
}

interface Fixtures {
  machine: Machine
  visitor: Visitor
  /** What the console of any tab said. */
  said: string[]
}

export const test = ground.extend<Fixtures>({
  machine: async ({ site }, use) => {
    const machine = await createMachine(site)
    await use(machine)
    await machine.stop()
  },
  said: ({ context }, use) => use(hearConsole(context)),
  visitor: async ({ context, site, said: _said }, use) => {
    const tab = async () => createTab(await context.newPage(), site)
    await use({ ...(await tab()), context, tab })
  },
})
