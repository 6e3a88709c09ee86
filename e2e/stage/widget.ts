/** What a visitor does with the widget, and sees of it, in English. */
import type { Locator, Page } from 'playwright/test'

export interface Widget {
  root: Locator
  button(name: string | RegExp): Locator
  composer: Locator
  panel: Locator
  open(): Promise<void>
  close(): Promise<void>
  field(name: string): Locator
  say(text: string): Promise<void>
  /** The messages on screen, as they are read: whose, and what. */
  bubbles(): Promise<string[]>
  notes(): Promise<string[]>
  fill(label: string, text: string): Promise<void>
  press(name: string): Promise<void>
  text(): Promise<string>
  banner: Locator
  uploads: Locator
  attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void>
  /** From the menu. */
  choose(name: string): Promise<void>
}

/** In the page: all that is to be read in the widget. */
export const readText = () =>
  [
    ...(document.querySelector('tagalong-widget')?.shadowRoot?.querySelectorAll<HTMLElement>(':host > :not(style)') ??
      []),
  ]
    .map((element) => element.innerText)
    .join('\n')

export const createWidget = (page: Page): Widget => {
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
    field: (name) => root.getByLabel(name),
    async say(text) {
      await composer.fill(text)
      await composer.press('Enter')
    },
    bubbles: () =>
      root
        .locator('article.message')
        .evaluateAll((articles) =>
          articles.map(
            (article) =>
              `${article.classList.contains('mine') ? 'me' : 'them'}: ${[...article.querySelectorAll('.bubble')].map((bubble) => (bubble as HTMLElement).innerText.trim()).join(' | ')}`,
          ),
        ),
    notes: () => root.locator('.notice').allInnerTexts(),
    // Of one that may be left empty the label says so.
    fill: (label, text) => root.getByLabel(new RegExp(`^${label}\\s*(\\(optional\\))?$`)).fill(text),
    press: (name) => button(name).click(),
    text: () => page.evaluate(readText),
    banner: root.locator('.banner'),
    uploads: root.locator('.uploads'),
    async attach(...files) {
      await root.locator('input[type=file]').setInputFiles(files)
    },
    async choose(name) {
      await button('More').click()
      await button(name).click()
    },
  }
}
