import type { ComponentType } from 'preact'
import { useSignal } from '@preact/signals'
import type { Message, Paragraphs } from '../../chat/contracts'
import type { View } from '../view/view'
import { isNode, nodesIn, textOf, type BlockNode } from './uikit'
import { Element, isKnown, type Act } from './Element'
import { inlinesOf } from './mrkdwn'

export { default as sheet } from './blocks.css?inline'

export interface BlocksProps {
  view: View
  message: Message
  Rich: ComponentType<{ body: Paragraphs[] }>
}

/** Blocks of a message, and what becomes of a click on one. */
export const Blocks = ({ view: { core, chat, strings }, message, Rich }: BlocksProps) => {
  const state = useSignal<'still' | 'working' | 'failed'>('still')
  const act: Act = async (action) => {
    state.value = 'working'
    try {
      await chat.act(message.id, action)
      state.value = 'still'
    } catch {
      state.value = 'failed'
    }
  }
  const words = (value: unknown) => {
    const said = textOf(value)
    if (!said) return null
    const inlines = isNode(value) && value.type === 'mrkdwn' ? inlinesOf(said) : [{ kind: 'text' as const, text: said }]
    return <Rich body={[{ kind: 'paragraph', inlines }]} />
  }
  const picture = (shape: BlockNode) => <img src={textOf(shape.imageUrl)} alt={textOf(shape.altText)} loading="lazy" />
  const element = (block: BlockNode, each: BlockNode, label?: string) =>
    each.type === 'image' ? (
      picture(each)
    ) : (
      <Element
        block={block}
        element={each}
        label={label}
        clock={core.clock}
        strings={strings}
        isBusy={state.value === 'working'}
        onAct={act}
      />
    )

  const draw = (block: BlockNode) => {
    switch (block.type) {
      case 'section':
        return (
          <div class="section">
            <div>
              {words(block.text)}
              {nodesIn(block.fields).length > 0 && <div class="columns">{nodesIn(block.fields).map(words)}</div>}
            </div>
            {isNode(block.accessory) && element(block, block.accessory)}
          </div>
        )
      case 'divider':
        return <hr />
      case 'image':
        return (
          <figure>
            {textOf(block.title) && <figcaption>{textOf(block.title)}</figcaption>}
            {picture(block)}
          </figure>
        )
      case 'actions':
        return <div class="actions">{nodesIn(block.elements).map((each) => element(block, each))}</div>
      case 'context':
        return (
          <div class="context">
            {nodesIn(block.elements).map((each) => (each.type === 'image' ? picture(each) : words(each)))}
          </div>
        )
      case 'input':
        return (
          isNode(block.element) &&
          isKnown(block.element) && (
            <div class="field">
              <b aria-hidden="true">{textOf(block.label)}</b>
              {element(block, block.element, textOf(block.label))}
              {textOf(block.hint) && <small>{textOf(block.hint)}</small>}
            </div>
          )
        )
      default:
        return null
    }
  }

  return (
    <div class="blocks">
      {nodesIn(message.blocks).map(draw)}
      {state.value === 'failed' && (
        <p class="error" role="alert">
          {strings.failed}
        </p>
      )}
    </div>
  )
}
