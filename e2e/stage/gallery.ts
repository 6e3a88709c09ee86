/** Every screen with canned data, for specs that look at the panel alone. */
import { createServer } from 'vite'
import { test as base, type Page } from '../test.ts'
import { needed } from './needed.ts'

export { expect, type Page } from '../test.ts'

export const widget = (page: Page) => page.locator('tagalong-widget')
export const launcher = (page: Page) => widget(page).locator('.launcher')
export const panel = (page: Page) => page.getByRole('dialog').first()

/** Settled: what is fetched later has come, and nothing moves any more. */
export const settled = (page: Page) =>
  page.waitForFunction(() => {
    const root = document.querySelector('tagalong-widget')?.shadowRoot
    return (
      root &&
      !root.querySelector('.conversation:empty') &&
      root
        .getAnimations()
        .every(
          ({ playState, effect }) => playState === 'finished' || effect?.getComputedTiming().iterations === Infinity,
        )
    )
  })

interface Gallery {
  names(): Promise<string[]>
  show(scene: string, query?: string): Promise<void>
}

export const test = base.extend<{ gallery: Gallery }, { galleryOrigin: string }>({
  galleryOrigin: [
    async ({}, use) => {
      const server = await createServer({
        configFile: 'e2e/hosts/gallery/vite.config.ts',
        logLevel: 'error',
        server: { port: 0, hmr: false, watch: null },
      })
      await server.listen()
      await use(needed(server.resolvedUrls?.local[0], 'address of the gallery'))
      await server.close()
    },
    { scope: 'worker' },
  ],
  gallery: async ({ page, galleryOrigin }, use) => {
    await use({
      async names() {
        await page.goto(galleryOrigin)
        const links = page.locator('#scenes a')
        await links.first().waitFor()
        return links.allTextContents()
      },
      async show(scene, query = '') {
        await page.goto(`${galleryOrigin}?scene=${scene}&${query}`)
        await widget(page).locator('.launcher:visible, .panel').first().waitFor()
        if (scene === 'unread') await widget(page).locator('.badge').waitFor()
        if (scene === 'greeting') await widget(page).locator('.greeting').waitFor()
      },
    })
  },
})
