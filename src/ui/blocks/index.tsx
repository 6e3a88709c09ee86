import { h } from 'preact'
import type { ComponentType } from 'preact'
import { useSignal } from '@preact/signals'
import type { Message, Paragraphs } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import type { View } from '../view/view'
import { Block } from './Block'
import type { Act } from './Element'
import { nodesIn } from './uikit'

export { default as sheet } from './blocks.css?inline'

export interface BlocksProps {
  view: View
  message: Message
  /** These are handed over by the messages' download, so that this one does not carry them a second time. */
  RichText: ComponentType<{ body: Paragraphs[]; strings: Strings }>
  Picture: ComponentType<{ view: View; url: string; alt: string }>
}

/** The blocks of a message, and what becomes of the last press on one. */
export const Blocks = ({ view, message, RichText, Picture }: BlocksProps) => {
  const { core, chat, strings } = view
  const state = useSignal<'idle' | 'sending' | 'failed'>('idle')
  const act: Act = async (action) => {
    state.value = 'sending'
    try {
      await chat.act(message.id, action)
      state.value = 'idle'
    } catch {
      state.value = 'failed'
    }
  }
  return (
    <div class="blocks">
      {nodesIn(message.blocks).map((block) => (
        <Block
          block={block}
          clock={core.clock}
          strings={strings}
          isBusy={state.value === 'sending'}
          onAct={act}
          RichText={RichText}
          drawPicture={(url, alt) => <Picture view={view} url={url} alt={alt} />}
        />
      ))}
      {state.value === 'failed' && (
        <p class="error" role="alert">
          {strings.failed}
        </p>
      )}
    </div>
  )
}
