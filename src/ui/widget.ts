import type { Core, Undo } from '../core/contracts'

/** What the page's own shortcuts, focus keepers and smooth scrolling would take from whoever writes in the panel. */
const keptInside = ['keydown', 'keyup', 'keypress', 'paste', 'focusin', 'wheel', 'touchmove']

export interface Widget {
  host: HTMLElement
  root: ShadowRoot
  adopt(css: string): void
  destroy: Undo
}

/** The one element in the page: on `<html>`, where body swaps do not reach it, and put back when somebody removes it. */
export const createWidget = (core: Core): Widget => {
  const host = document.createElement('tagalong-widget')
  const root = host.attachShadow({ mode: 'open' })
  const place = () => document.documentElement.append(host)
  let removals = 0
  let waiting: Undo | undefined
  const observer = new MutationObserver(
    core.guard(() => {
      if (host.isConnected) return
      waiting?.()
      // A page that removes it for ever is followed ever more slowly.
      waiting = core.clock.after(Math.min(removals++ ** 2, 10_000), core.guard(place))
    }),
  )
  for (const name of keptInside) root.addEventListener(name, (event) => event.stopPropagation(), { passive: true })
  place()
  observer.observe(document.documentElement, { childList: true })
  return {
    host,
    root,
    adopt(css) {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    },
    destroy() {
      observer.disconnect()
      waiting?.()
      host.remove()
    },
  }
}
