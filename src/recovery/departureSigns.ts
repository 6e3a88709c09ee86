import type { Departures, Undo } from '../browser/ports'

/** Where a click of this kind leads; undefined where it leaves the page as it is. */
const destinationOfClick = (event: MouseEvent): string | undefined => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined
  const link = event.composedPath().find((target) => target instanceof HTMLAnchorElement)
  const opensHere = link && !link.hasAttribute('download') && /^(_self|_parent|_top)?$/.test(link.target)
  return opensHere && link.href.split('#')[0] !== location.href.split('#')[0] ? link.href : undefined
}

/** A field named `action`, or `getAttribute`, hides what the form itself has under that name. */
const attributeOf = (form: HTMLFormElement, name: string): string =>
  Element.prototype.getAttribute.call(form, name) ?? ''

const destinationOfForm = ({ target }: Event): string | undefined =>
  target instanceof HTMLFormElement && /^(_self|_parent|_top)?$/.test(attributeOf(target, 'target'))
    ? attributeOf(target, 'action') || location.href
    : undefined

/** For browsers without the Navigation API: where a click or a form sends the tab. A script that sets the address gives no sign. */
export const watchDepartures = (
  { expect }: Departures,
  listenOnWindow: (type: string, hear: (event: Event) => void) => Undo,
): Undo[] => {
  const expectAt = (event: Event, href: string | undefined) => href !== undefined && expect(event, href)
  return [
    // A click is heard as the mouse's event.
    listenOnWindow('click', (event) => expectAt(event, destinationOfClick(event as MouseEvent))),
    listenOnWindow('submit', (event) => expectAt(event, destinationOfForm(event))),
  ]
}
