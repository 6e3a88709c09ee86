import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'
import { plain } from '../../browser/plain'

const focusable = 'button, a[href], input, textarea, select, summary, [tabindex="0"]'

const activeElementIn = (panel: HTMLElement): Element | null => {
  const root = panel.getRootNode()
  return root instanceof ShadowRoot ? root.activeElement : null
}

/** Where the panel covers the page, Tab goes round in the panel. */
export const keepFocusInside = (event: KeyboardEvent, panel: HTMLElement): void => {
  const all = [...panel.querySelectorAll<HTMLElement>(focusable)].filter(
    (element) => !element.matches(':disabled') && element.offsetParent,
  )
  const active = activeElementIn(panel)
  const [leaving, entering] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]]
  if (active !== leaving && active !== panel) return
  event.preventDefault()
  entering?.focus()
}

export interface PanelFocus {
  /** Moves the focus to the first field, unless it is on something else in the panel, or not in the panel at all. */
  moveFocus(): void
  handlers: {
    onFocusIn(): void
    onFocusOut(event: FocusEvent): void
  }
}

/** Moves the focus into the panel when the visitor opens it, and into the next screen when the one that had it is removed. */
export const useFocus = (panel: RefObject<HTMLElement | null>, isWanted: boolean, stage: string): PanelFocus => {
  const isInside = useRef(isWanted)
  const moveFocus = () => {
    const element = panel.current
    if (!element || !isInside.current) return
    const active = activeElementIn(element)
    if (active !== element && element.contains(active)) return
    // On a touch screen a focused field brings up the keyboard, before there is anything to type.
    const field =
      matchMedia('(pointer: fine)').matches &&
      element.querySelector<HTMLElement>('.body :is(input:not([hidden]), textarea)')
    ;(field || element).focus(plain({ preventScroll: true }))
  }
  useLayoutEffect(moveFocus, [stage])
  return {
    moveFocus,
    handlers: {
      onFocusIn: () => void (isInside.current = true),
      onFocusOut: ({ target, relatedTarget }) =>
        // A microtask later an element that lost the focus because it was removed is no longer connected.
        queueMicrotask(() => {
          isInside.current =
            relatedTarget instanceof Node
              ? panel.current?.contains(relatedTarget) === true
              : target instanceof Node && !target.isConnected
        }),
    },
  }
}
