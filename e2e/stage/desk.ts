/** The agent's desk in a browser of its own, in English. */
import type { Browser, Locator, Page } from 'playwright/test'
import { serveShop } from '../shop/serve.ts'
import type { Server } from './server.ts'

export interface Desk {
  page: Page
  bubbles: Locator
  /** The messages of the chosen conversation, and what is said of it. */
  panes: Locator
  /** What is known of the chosen visitor. */
  card: Locator
  choose(name: string): Promise<void>
  tab(name: string): Promise<void>
  answer: Locator
  say(text: string): Promise<void>
  press(name: string): Promise<void>
  transfer(to: string): Promise<void>
  attach(name: string, text: string): Promise<void>
  stop(): Promise<void>
}

const createDesk = (page: Page): Omit<Desk, 'stop'> => {
  const panes = page.locator('section[data-of="talk"]')
  const answer = page.getByLabel('Your answer')
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click()
  return {
    page,
    bubbles: panes.locator('.bubble > p'),
    panes,
    card: page.locator('.card'),
    async choose(name) {
      await page
        .getByRole('button', { name: new RegExp(name) })
        .first()
        .click()
      await tab('Messages')
    },
    tab,
    answer,
    async say(text) {
      await answer.fill(text)
      await answer.press('Enter')
    },
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    async transfer(to) {
      await page.getByLabel('Transfer to').selectOption(to)
    },
    attach: (name, text) =>
      page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) }),
  }
}

export const openDesk = async (browser: Browser, server: Server): Promise<Desk> => {
  const shop = await serveShop(server)
  const context = await browser.newContext({ viewport: { width: 460, height: 860 } })
  const page = await context.newPage()
  await page.goto(
    `${shop.origin}/e2e/desk/index.html?${new URLSearchParams({ server: server.origin, control: server.control })}`,
  )
  return {
    ...createDesk(page),
    async stop() {
      await context.close()
      await shop.stop()
    },
  }
}
