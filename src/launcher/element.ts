import { newElement, ofDocument } from '../browser/document'
import type { Clock } from '../browser/ports'
import type { PlacedElement } from './contracts'
import sheet from './launcher.css?inline'

/**
 * Puts our element on the page, and back whenever the page takes it away: React takes it out of `<html>` when it draws a whole document anew
 * after a hydration error. A page that never lets it stay is followed ever more slowly.
 */
export const placeElement = (clock: Pick<Clock, 'after'>): PlacedElement => {
  const host = newElement('tagalong-widget')
  const root = host.attachShadow({ mode: 'open' })
  const container = root.appendChild(newElement('div'))
  let removals = 0
  const place = () => ofDocument('documentElement').append(host)
  const observer = new MutationObserver(() => host.isConnected || clock.after((removals++) ** 2, place))
  place()
  observer.observe(ofDocument('documentElement'), { childList: true })
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
