import { h } from 'preact'
import type { ComponentType, JSX } from 'preact'
import type { Paragraphs } from '../../chat/contracts'
import type { Strings } from '../strings/en'
import { Element, isKnown, type ElementProps } from './Element'
import { inlinesOf } from './mrkdwn'
import { isNode, nodesIn, textOf, type BlockNode } from './uikit'

export interface BlockProps extends Omit<ElementProps, 'element' | 'label'> {
  RichText: ComponentType<{ body: Paragraphs[]; strings: Strings }>
  drawPicture(url: string, alt: string): JSX.Element
}

/** One block of UIKit; a kind that is not known is not drawn. */
export const Block = (props: BlockProps) => {
  const { block, RichText, strings, drawPicture } = props
  const pictureOf = (node: BlockNode) => drawPicture(textOf(node.imageUrl), textOf(node.altText))
  const draw = {
    text(value: unknown) {
      const text = textOf(value)
      if (!text) return null
      const inlines = isNode(value) && value.type === 'mrkdwn' ? inlinesOf(text) : [{ kind: 'text' as const, text }]
      return <RichText body={[{ kind: 'paragraph', inlines }]} strings={strings} />
    },
    element: (element: BlockNode, label?: string) =>
      element.type === 'image' ? pictureOf(element) : <Element {...props} element={element} label={label} />,
  }

  switch (block.type) {
    case 'section':
      return (
        <div class="section">
          <div>
            {draw.text(block.text)}
            {nodesIn(block.fields).length > 0 && <div class="columns">{nodesIn(block.fields).map(draw.text)}</div>}
          </div>
          {isNode(block.accessory) && draw.element(block.accessory)}
        </div>
      )
    case 'divider':
      return <hr />
    case 'image':
      return (
        <figure>
          {textOf(block.title) && <figcaption>{textOf(block.title)}</figcaption>}
          {pictureOf(block)}
        </figure>
      )
    case 'actions':
      return <div class="actions">{nodesIn(block.elements).map((element) => draw.element(element))}</div>
    case 'context':
      return (
        <div class="context">
          {nodesIn(block.elements).map((node) => (node.type === 'image' ? pictureOf(node) : draw.text(node)))}
        </div>
      )
    case 'input':
      return (
        isNode(block.element) &&
        isKnown(block.element) && (
          <div class="field">
            <b aria-hidden="true">{textOf(block.label)}</b>
            {draw.element(block.element, textOf(block.label))}
            {textOf(block.hint) && <small>{textOf(block.hint)}</small>}
          </div>
        )
      )
    default:
      return null
  }
}
