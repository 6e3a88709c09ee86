import type { Core, Undo } from '../core/contracts'

/** The host's own element as the button, named by a selector or handed over; left as it was found. */
export interface OwnLauncher {
  /** Whether the host's options name one. */
  used(): boolean
  mark(expanded: boolean): void
  stop: Undo
}

const attributes = ['aria-haspopup', 'aria-expanded'] as const

export const createOwnLauncher = (core: Core, onClick: () => void): OwnLauncher => {
  const before = new Map<Element, (string | null)[]>()
  const named = () => core.options().launcher
  const isOurs = (target: EventTarget) => {
    const launcher = named()
    if (typeof launcher === 'string') return target instanceof Element && target.matches(launcher)
    return target === launcher
  }
  // On the document, so that an element which the page draws later, or again, works as well.
  const listen = core.guard((event: Event) => {
    if (!event.composedPath().some(isOurs)) return
    event.preventDefault()
    onClick()
  })
  const stop = () => {
    for (const [element, values] of before)
      attributes.forEach((name, index) => {
        const value = values[index]
        if (value == null) element.removeAttribute(name)
        else element.setAttribute(name, value)
      })
    before.clear()
  }
  document.addEventListener('click', listen)
  return {
    used: () => typeof named() !== 'boolean' && named() !== undefined,
    mark(expanded) {
      const launcher = named()
      const elements = typeof launcher === 'string' ? document.querySelectorAll(launcher) : launcher instanceof Element ? [launcher] : []
      for (const element of elements) {
        if (!before.has(element)) before.set(element, attributes.map((name) => element.getAttribute(name)))
        element.setAttribute('aria-haspopup', 'dialog')
        element.setAttribute('aria-expanded', `${expanded}`)
      }
    },
    stop() {
      document.removeEventListener('click', listen)
      stop()
    },
  }
}
