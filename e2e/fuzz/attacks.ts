/** A page under attack by what is shown in the widget: what counts as a wound. */
import type { Page } from 'playwright/test'

export interface Attacks {
  /** What has happened that must not. */
  wounds(): Promise<string[]>
}

/** Nothing may run, ask a host of the attacker's, leave the page, or become the page's error. */
export const watchAttacks = async (page: Page): Promise<Attacks> => {
  const wounds: string[] = []
  page.on('dialog', (dialog) => {
    wounds.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (/evil\.example/.test(new URL(request.url()).host)) wounds.push(`a request to ${request.url().slice(0, 200)}`)
  })
  page.on('pageerror', (error) => wounds.push(`an error of the page: ${error.stack ?? error.message}`))
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) wounds.push(`a frame: ${frame.url()}`)
  })
  page.context().on('page', (opened) => wounds.push(`another page: ${opened.url()}`))
  await page.exposeFunction('tagalongWound', (wound: string) => void wounds.push(wound))
  await page.addInitScript(() => {
    const tell = (wound: string) =>
      (globalThis as unknown as { tagalongWound(wound: string): void }).tagalongWound(wound)
    Object.assign(globalThis, { tagalongRan: () => tell('a script ran') })
    addEventListener('unhandledrejection', ({ reason }) => tell(`a rejection: ${reason?.stack ?? reason}`))
    addEventListener('securitypolicyviolation', ({ blockedURI }) => tell(`a violation: ${blockedURI}`))
  })
  return {
    async wounds() {
      // What is on screen stays inside: nothing is wider than the panel it is in.
      const wide = await page.evaluate(() => {
        const root = document.querySelector('tagalong-widget')?.shadowRoot
        const panel = root?.querySelector('.panel')
        if (!root || !panel) return []
        const { right, left } = panel.getBoundingClientRect()
        return (
          [...panel.querySelectorAll('*')]
            .filter(
              (element) => !element.closest('pre, svg, .visually-hidden, .heading-block, .uploads, select, .scale'),
            )
            // Two hundred marks on one letter cannot be broken: the list of messages cuts them off.
            .filter((element) => getComputedStyle(element).display !== 'inline')
            .filter((element) => {
              const box = element.getBoundingClientRect()
              return box.width > 0 && (box.right > right + 1 || box.left < left - 1)
            })
            .map((element) => `wider than its panel: ${element.outerHTML.slice(0, 120)}`)
            .slice(0, 3)
        )
      })
      return [...new Set([...wounds, ...wide])]
    },
  }
}
