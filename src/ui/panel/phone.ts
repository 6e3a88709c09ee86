import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { Core } from '../../visitor/contracts'
import type { Undo } from '../../browser/ports'

/** As in the sheets: there the panel covers the screen. */
const query = '(max-width: 480px), (max-height: 420px)'

export const useNarrow = (core: Core): boolean => {
  const narrow = useSignal(matchMedia(query).matches)
  useLayoutEffect(() => {
    const media = matchMedia(query)
    const look = core.guard(() => (narrow.value = media.matches))
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [])
  return narrow.value
}

/** The part of the screen the keyboard leaves, without moving the page. */
export const followViewport = (core: Core, panel: HTMLElement): Undo | undefined => {
  const viewport = globalThis.visualViewport
  if (!viewport) return
  const follow = core.guard(() => {
    panel.style.setProperty('--seen', `${viewport.height}px`)
    panel.style.setProperty('--from', `${viewport.offsetTop}px`)
  })
  follow()
  viewport.addEventListener('resize', follow)
  viewport.addEventListener('scroll', follow)
  return () => {
    viewport.removeEventListener('resize', follow)
    viewport.removeEventListener('scroll', follow)
    panel.style.removeProperty('--seen')
    panel.style.removeProperty('--from')
  }
}
