import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import type { Message } from '../../../chat/contracts'
import type { View } from '../view'

type Blocks = typeof import('../../blocks/Blocks').Blocks

/** Fetched with the first message that has blocks; until then, and if it never comes, the message's text stands. */
export const LazyBlocks = ({ view, message }: { view: View; message: Message }) => {
  const loaded = useSignal<{ Blocks: Blocks } | undefined>(undefined)
  useLayoutEffect(() => {
    import('../../blocks/Blocks').then(
      (blocks) => (loaded.value = blocks),
      (error: Error) => view.core.report('ui-failed', `The blocks of a message could not be loaded: ${error.message}`),
    )
  }, [])
  const Blocks = loaded.value?.Blocks
  return Blocks ? <Blocks blocks={message.blocks ?? []} t={view.t} onAct={(action) => view.chat.act(message.id, action)} /> : null
}
