const focusable = 'button, a[href], input, textarea, select, [tabindex="0"]'

/** On a phone the panel covers the page, so Tab goes round inside it. */
export const keepFocus = (event: KeyboardEvent, panel: HTMLElement): void => {
  const stops = [...panel.querySelectorAll<HTMLElement>(focusable)].filter((stop) => !stop.matches(':disabled') && stop.offsetParent)
  const [first, last] = [stops[0], stops.at(-1)]
  const now = (panel.getRootNode() as ShadowRoot).activeElement
  if (event.shiftKey ? now === first || now === panel : now === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first)?.focus()
  }
}
