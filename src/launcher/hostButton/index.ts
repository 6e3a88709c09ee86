import type { Undo } from '../../browser/ports'
import { ofDocument } from '../../browser/document'
import type { WidgetElement } from '../contracts'

/** The host's own element as the button, named by a selector or handed over; left as it was found. */
export interface HostButton {
  mark(expanded: boolean): void
  stop: Undo
}

const attributes = ['aria-haspopup', 'aria-expanded'] as const

export const createHostButton = ({ parts: { options, guard }, toggle }: WidgetElement): HostButton => {
  const before = new Map<Element, (string | null)[]>()
  const named = () => options.launcher
  const isOurs = (target: EventTarget) => {
    const launcher = named()
    return typeof launcher === 'string' ? target instanceof Element && target.matches(launcher) : target === launcher
  }
  // On the document, so that an element which the page draws later, or again, works as well.
  const listen = guard((event: Event) => {
    if (!event.composedPath().some(isOurs)) return
    event.preventDefault()
    toggle()
  })
  ofDocument('addEventListener').call(document, 'click', listen)
  return {
    mark: guard((expanded) => {
      const launcher = named()
      const elements =
        typeof launcher === 'string'
          ? ofDocument('querySelectorAll').call(document, launcher)
          : launcher instanceof Element
            ? [launcher]
            : []
      for (const element of elements) {
        if (!before.has(element))
          before.set(
            element,
            attributes.map((name) => element.getAttribute(name)),
          )
        element.setAttribute('aria-haspopup', 'dialog')
        element.setAttribute('aria-expanded', `${expanded}`)
      }
    }),
    stop() {
      ofDocument('removeEventListener').call(document, 'click', listen)
      for (const [element, values] of before)
        attributes.forEach((name, index) => {
          const value = values[index]
          if (value == null) element.removeAttribute(name)
          else element.setAttribute(name, value)
        })
      before.clear()
    },
  }
}
