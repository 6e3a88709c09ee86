/** What a visitor does with the widget, and sees of it, in English. */
import type { Locator, Page } from 'playwright/test'

export const createWidget = (page: Page) => {
  const root = page.locator('tagalong-widget')
  const button = (name: string | RegExp): Locator => root.getByRole('button', { name, exact: typeof name === 'string' })
  const composer = root.getByRole('textbox', { name: 'Write a message…' })
  return {
    root,
    button,
    composer,
    panel: root.getByRole('dialog'),
    async open() {
      await root.getByRole('button', { expanded: false }).first().click()
      await root.getByRole('dialog').waitFor()
    },
    close: () => button('Close').click(),
    field: (name: string) => root.getByLabel(name),
    async say(text: string) {
      await composer.fill(text)
      await composer.press('Enter')
    },
    /** The bubbles on screen, as they are read: whose, and what. */
    bubbles: () =>
      root.locator('article.message').evaluateAll((articles) =>
        articles.map((article) => `${article.classList.contains('mine') ? 'me' : 'them'}: ${[...article.querySelectorAll('.bubble')].map((bubble) => (bubble as HTMLElement).innerText.trim()).join(' | ')}`),
      ),
    notes: () => root.locator('.note').allInnerTexts(),
    banner: root.locator('.banner'),
    uploads: root.locator('.uploads'),
    async attach(...files: { name: string; mimeType: string; buffer: Buffer }[]) {
      await root.locator('input[type=file]').setInputFiles(files)
    },
    async choose(name: string) {
      await button('More').click()
      await button(name).click()
    },
  }
}

export type Widget = ReturnType<typeof createWidget>
