import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'

const stops = 'button, a[href], input, textarea, select, summary, [tabindex="0"]'

const activeIn = (panel: HTMLElement) => (panel.getRootNode() as ShadowRoot).activeElement

/** On a phone the panel covers the page, so Tab goes round inside it. */
export const keepFocus = (event: KeyboardEvent, panel: HTMLElement): void => {
  const all = [...panel.querySelectorAll<HTMLElement>(stops)].filter(
    (stop) => !stop.matches(':disabled') && stop.offsetParent,
  )
  const now = activeIn(panel)
  const edge = event.shiftKey ? all[0] : all.at(-1)
  if (now !== edge && now !== panel) return
  event.preventDefault()
  ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
}

/** The focus goes into the panel when the visitor opens it, and is not lost with a screen that goes. */
export const useFocus = (panel: RefObject<HTMLElement | null>, wanted: boolean, stage: string) => {
  const inside = useRef(wanted)
  useLayoutEffect(() => {
    const now = activeIn(panel.current!)
    if (!inside.current || (now !== panel.current && panel.current!.contains(now))) return
    // A finger would bring up the keyboard before there is anything to type.
    const field =
      matchMedia('(pointer: fine)').matches &&
      panel.current!.querySelector<HTMLElement>('.body :is(input:not([hidden]), textarea)')
    ;(field || panel.current!).focus({ preventScroll: true })
  }, [stage])
  return {
    onFocusIn: () => void (inside.current = true),
    onFocusOut: ({ target, relatedTarget }: FocusEvent) =>
      // What is taken away while it has the focus is no longer there a moment later.
      queueMicrotask(
        () =>
          (inside.current = relatedTarget
            ? panel.current?.contains(relatedTarget as Node) === true
            : !(target as Node).isConnected),
      ),
  }
}
