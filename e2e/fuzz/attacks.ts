/** A page under attack by what is shown in the widget, in any engine: what counts as a wound. */
import type { EnginePage } from '../engines/verbs.ts'

export interface Attacks {
  /** What has happened on this page that must not. */
  wounds(): Promise<string[]>
}

/** Of a page under attack: whatever asks a host that is not on this machine is let go on, and told to the page. No engine keeps that from it. */
export const tellForeignHosts = {
  'content-security-policy-report-only': `default-src 'unsafe-inline' data: blob: http://127.0.0.1:* ws://127.0.0.1:*`,
}

interface Wounded {
  tagalongWounds: string[]
}

/** In the page, before all else: nothing may run, ask a host of the attacker's, open a window, or become the page's error. */
const hear = () => {
  const wounds: string[] = []
  Object.assign(globalThis, { tagalongWounds: wounds, tagalongRan: () => wounds.push('a script ran') })
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
    Object.assign(globalThis, { [name]: (said?: string) => void wounds.push(`${name}: ${said}`) })
  addEventListener('error', ({ message, error }) => wounds.push(`an error of the page: ${error?.stack ?? message}`))
  addEventListener('unhandledrejection', ({ reason }) => wounds.push(`a rejection: ${reason?.stack ?? reason}`))
  addEventListener('securitypolicyviolation', ({ blockedURI }) =>
    wounds.push(`a request to ${blockedURI.slice(0, 200)}`),
  )
}

/** In the page: what has been heard, and what is to be seen now. */
const look = () => {
  const { tagalongWounds } = globalThis as unknown as Wounded
  const frames = window.length ? [`${window.length} frames`] : []
  const root = document.querySelector('tagalong-widget')?.shadowRoot
  const panel = root?.querySelector('.panel')
  if (!root || !panel) return [...tagalongWounds, ...frames]
  // What is on screen stays inside: nothing is wider than the panel it is in.
  const { right, left } = panel.getBoundingClientRect()
  const wide = [...panel.querySelectorAll('*')]
    .filter((element) => !element.closest('pre, svg, .visually-hidden, .heading-block, .uploads, select, .scale'))
    // Two hundred marks on one letter cannot be broken: the list of messages cuts them off.
    .filter((element) => getComputedStyle(element).display !== 'inline')
    .filter((element) => {
      const box = element.getBoundingClientRect()
      return box.width > 0 && (box.right > right + 1 || box.left < left - 1)
    })
    .map((element) => `wider than its panel: ${element.outerHTML.slice(0, 120)}`)
    .slice(0, 3)
  return [...tagalongWounds, ...frames, ...wide]
}

/** Hears on every page from now on. */
export const watchAttacks = async (page: EnginePage): Promise<Attacks> => {
  await page.addInitScript(hear)
  return { wounds: async () => [...new Set(await page.evaluate(look))] }
}
