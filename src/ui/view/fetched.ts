import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { View } from './view'

/** Downloads of their own, each with its style sheet. */
export const fetchMessages = () => import('../messages')
export const fetchScreens = () => import('../screens')
export const fetchBlocks = () => import('../blocks')

/** A part of the panel that is fetched when it is first drawn; undefined until it has come. */
export const useFetched = <Part extends { sheet: string }>(
  { core, adopt, moveFocus }: View,
  fetchPart: () => Promise<Part>,
): Part | undefined => {
  const part = useSignal<Part | undefined>(undefined)
  useLayoutEffect(() => {
    fetchPart().then(
      core.guard((fetched: Part) => {
        adopt(fetched.sheet)
        part.value = fetched
      }),
      (error) => core.report('ui-failed', `${error}`),
    )
  }, [])
  useLayoutEffect(() => {
    if (part.value) moveFocus()
  }, [part.value])
  return part.value
}
