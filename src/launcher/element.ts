import { newElement, ofDocument } from '../browser/document'
import type { Clock, Undo } from '../browser/ports'
import sheet from './launcher.css?inline'

/** The custom element on the page, with nothing in it but an empty container. */
export interface PlacedElement {
  host: HTMLElement
  root: ShadowRoot
  container: HTMLElement
  adopt(css: string): void
  remove: Undo
}

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
  const adopt = (css: string) => {
    const made = new CSSStyleSheet()
    made.replaceSync(css)
    root.adoptedStyleSheets.push(made)
  }
  adopt(sheet)
  place()
  observer.observe(ofDocument('documentElement'), { childList: true })
  return {
    host,
    root,
    container,
    adopt,
    remove() {
      observer.disconnect()
      host.remove()
    },
  }
}
