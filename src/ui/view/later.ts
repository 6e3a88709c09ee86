import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { View } from './view'

export const loadMessages = () => import('../messages')
export const loadEdges = () => import('../screens')
export const loadBlocks = () => import('../blocks')

/** A part of the panel that is fetched when it is first drawn. */
export const useLater = <T extends { sheet: string }>({ core, adopt }: View, load: () => Promise<T>): T | undefined => {
  const part = useSignal<T | undefined>(undefined)
  useLayoutEffect(() => {
    load().then(
      (loaded) => {
        adopt(loaded.sheet)
        part.value = loaded
      },
      (error) => core.report('ui-failed', `${error}`),
    )
  }, [])
  return part.value
}
