import { ofDocument } from '../../browser/document'
import type { Undo } from '../../browser/ports'
import type { Options, UnavailableReason } from '../../options'

type Parts = Pick<Options, 'launcher' | 'whenUnavailable'>

const shadowRoot = (): ShadowRoot | null | undefined =>
  ofDocument('querySelector').call<Document, [string], Element | null>(document, 'tagalong-widget')?.shadowRoot

/** The host's own buttons. */
const hostButtons = ({ launcher }: Parts): Element[] => {
  if (launcher instanceof Element) return [launcher]
  return typeof launcher === 'string'
    ? [...ofDocument('querySelectorAll').call<Document, [string], NodeListOf<Element>>(document, launcher)]
    : []
}

const hide = (options: Parts): Undo => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('.launcher { display: none }')
  const root = shadowRoot()
  root?.adoptedStyleSheets.push(sheet)
  const hidden = hostButtons(options).filter((element) => !element.hasAttribute('hidden'))
  hidden.forEach((element) => element.setAttribute('hidden', ''))
  return () => {
    if (root) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet)
    hidden.forEach((element) => element.removeAttribute('hidden'))
  }
}

/** A press of the launcher leads to the address, before anybody else hears of it. */
const leadTo = (address: string, options: Parts): Undo => {
  const hear = (event: Event) => {
    const buttons: unknown[] = [shadowRoot()?.querySelector('.launcher'), ...hostButtons(options)]
    if (!event.composedPath().some((target) => buttons.includes(target))) return
    event.preventDefault()
    event.stopImmediatePropagation()
    location.assign(address)
  }
  ofDocument('addEventListener').call(document, 'click', hear, true)
  return () => ofDocument('removeEventListener').call(document, 'click', hear, true)
}

/** Does what the host wants done while the chat cannot work (`whenUnavailable`), so that no button is dead. Returns its undo. */
export const standIn = (options: Parts, reason: UnavailableReason): Undo => {
  const wanted = options.whenUnavailable
  if (typeof wanted === 'function') wanted(reason)
  else if (wanted === 'hide') return hide(options)
  else if (wanted) return leadTo(wanted, options)
  return () => {}
}
