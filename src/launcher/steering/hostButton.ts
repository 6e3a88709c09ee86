import type { Undo } from '../../browser/ports'
import { ofDocument } from '../../browser/document'
import type { Options } from '../../options'
import type { WidgetElement } from '../contracts'
import { isPanelOnScreen } from '../panelState'

/** The host's own element as the button, named by a selector or handed over; left as it was found. */
interface HostButton {
  mark(expanded: boolean): void
  stop: Undo
}

const attributes = ['aria-haspopup', 'aria-expanded'] as const

/** The elements that the option names. A selector that is none names nothing. */
const elementsOf = (launcher: Options['launcher']): Element[] => {
  if (typeof launcher !== 'string') return launcher instanceof Element ? [launcher] : []
  try {
    return [...ofDocument('querySelectorAll').call<Document, [string], NodeListOf<Element>>(document, launcher)]
  } catch {
    return []
  }
}

/** A page may draw its button late; what has not come by then has probably another name. */
const patienceMs = 5000

const createHostButton = ({ parts: { options, guard, clock, warnOnce }, toggle }: WidgetElement): HostButton => {
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
  const stopWaiting = clock.after(
    patienceMs,
    guard(async () => {
      if (elementsOf(named()).length) return
      const { sentence } = await import('../../diagnosis')
      warnOnce('bad-option', sentence('bad-option', `launcher “${String(named())}” is nowhere on this page`))
    }),
  )
  return {
    mark: guard((expanded) => {
      for (const element of elementsOf(named())) {
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
      stopWaiting()
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

export interface HostButtons {
  draw(widget: WidgetElement): void
  stop: Undo
}

/** Makes a button of the host's own element as soon as an option names one, and tells it whether the panel is open. */
export const createHostButtons = (): HostButtons => {
  let button: HostButton | undefined
  return {
    draw(widget) {
      const { launcher } = widget.parts.options
      if (launcher && launcher !== true) button ??= createHostButton(widget)
      button?.mark(isPanelOnScreen(widget.panel))
    },
    stop: () => button?.stop(),
  }
}
