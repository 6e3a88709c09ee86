import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { Core } from '../../visitor/contracts'
import type { Undo } from '../../browser/ports'

/** The same as in the style sheets: on such screens the panel covers the page. */
const narrowScreen = '(max-width: 480px), (max-height: 420px)'

export const useIsNarrow = (core: Core): boolean => {
  const isNarrow = useSignal(matchMedia(narrowScreen).matches)
  useLayoutEffect(() => {
    const media = matchMedia(narrowScreen)
    const read = core.guard(() => (isNarrow.value = media.matches))
    media.addEventListener('change', read)
    return () => media.removeEventListener('change', read)
  }, [])
  return isNarrow.value
}

/** Keeps the panel in the part of the screen that the on-screen keyboard leaves, without moving the page. */
export const followKeyboard = (core: Core, panel: HTMLElement): Undo | undefined => {
  const viewport = globalThis.visualViewport
  if (!viewport) return
  const follow = core.guard(() => {
    panel.style.setProperty('--visible-height', `${viewport.height}px`)
    panel.style.setProperty('--visible-top', `${viewport.offsetTop}px`)
  })
  follow()
  viewport.addEventListener('resize', follow)
  viewport.addEventListener('scroll', follow)
  return () => {
    viewport.removeEventListener('resize', follow)
    viewport.removeEventListener('scroll', follow)
    panel.style.removeProperty('--visible-height')
    panel.style.removeProperty('--visible-top')
  }
}
