import type { ComponentType } from 'preact'
import { useSignal } from '@preact/signals'
import type { Message, Paragraphs } from '../../chat/contracts'
import type { View } from '../view/view'
import { isShape, list, text, type Shape } from './decode'
import { Element, isKnown, type Act } from './Element'
import { inlinesOf } from './inlines'

export { default as sheet } from './blocks.css?inline'

export interface BlocksProps {
  view: View
  message: Message
  Rich: ComponentType<{ body: Paragraphs[] }>
}

/** Blocks of a message, and what becomes of a click on one. */
export const Blocks = ({ view: { core, chat, t }, message, Rich }: BlocksProps) => {
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
    const said = text(value)
    if (!said) return null
    const inlines =
      isShape(value) && value.type === 'mrkdwn' ? inlinesOf(said) : [{ kind: 'text' as const, text: said }]
    return <Rich body={[{ kind: 'paragraph', inlines }]} />
  }
  const picture = (shape: Shape) => <img src={text(shape.imageUrl)} alt={text(shape.altText)} loading="lazy" />
  const element = (block: Shape, each: Shape, label?: string) =>
    each.type === 'image' ? (
      picture(each)
    ) : (
      <Element
        block={block}
        element={each}
        label={label}
        clock={core.clock}
        t={t}
        busy={state.value === 'working'}
        onAct={act}
      />
    )

  const draw = (block: Shape) => {
    switch (block.type) {
      case 'section':
        return (
          <div class="section">
            <div>
              {words(block.text)}
              {list(block.fields).length > 0 && <div class="columns">{list(block.fields).map(words)}</div>}
            </div>
            {isShape(block.accessory) && element(block, block.accessory)}
          </div>
        )
      case 'divider':
        return <hr />
      case 'image':
        return (
          <figure>
            {text(block.title) && <figcaption>{text(block.title)}</figcaption>}
            {picture(block)}
          </figure>
        )
      case 'actions':
        return <div class="actions">{list(block.elements).map((each) => element(block, each))}</div>
      case 'context':
        return (
          <div class="context">
            {list(block.elements).map((each) => (each.type === 'image' ? picture(each) : words(each)))}
          </div>
        )
      case 'input':
        return (
          isShape(block.element) &&
          isKnown(block.element) && (
            <div class="field">
              <b aria-hidden="true">{text(block.label)}</b>
              {element(block, block.element, text(block.label))}
              {text(block.hint) && <small>{text(block.hint)}</small>}
            </div>
          )
        )
      default:
        return null
    }
  }

  return (
    <div class="blocks">
      {list(message.blocks).map(draw)}
      {state.value === 'failed' && (
        <p class="wrong" role="alert">
          {t.failed}
        </p>
      )}
    </div>
  )
}
