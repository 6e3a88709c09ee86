import { newElement, ofDocument } from '../browser/document'
import type { Clock, Page } from '../browser/ports'
import type { PlacedElement } from './contracts'
import sheet from './launcher.css?inline'

/**
 * Puts our element on the page, and back whenever the page takes it away: React takes it out of `<html>` when it draws a whole document anew
 * after a hydration error. A page that never lets it stay is followed ever more slowly.
 */
export const placeElement = (clock: Pick<Clock, 'after'>, page: Pick<Page, 'listen'>): PlacedElement => {
  const host = newElement('tagalong-widget')
  const root = host.attachShadow({ mode: 'open' })
  const container = root.appendChild(newElement('div'))
  let removals = 0
  const place = () => {
    const root = ofDocument('documentElement') as HTMLElement | null
    root?.append(host)
    page.listen()
    // The root element may be replaced as well, and a page that is written anew has none for a while.
    for (const parent of [document, root]) if (parent) observer.observe(parent, { childList: true })
  }
  const observer = new MutationObserver(() => host.isConnected || clock.after((removals++) ** 2, place))
  place()
  const element: PlacedElement = {
    host,
    root,
    container,
    adopt(css) {
      const made = new CSSStyleSheet()
      made.replaceSync(css)
      root.adoptedStyleSheets.push(made)
    },
    remove() {
      observer.disconnect()
      host.remove()
    },
  }
  element.adopt(sheet)
  return element
}
