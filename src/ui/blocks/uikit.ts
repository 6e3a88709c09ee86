/** UIKit (Rocket.Chat's blocks in messages) as a server sends it: nothing of it is trusted, and what is not known is not drawn. */
export type BlockNode = Record<string, unknown>

export const isNode = (value: unknown): value is BlockNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** No app sends more of anything in one message. */
const mostNodes = 200

export const nodesIn = (value: unknown): BlockNode[] =>
  Array.isArray(value) ? value.slice(0, mostNodes).filter(isNode) : []

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : isNode(value) && typeof value.text === 'string' ? value.text : ''

export interface Choice {
  label: string
  value: string
  url: string
}

export const choicesOf = (element: BlockNode): Choice[] =>
  [...nodesIn(element.options), ...nodesIn(element.optionGroups).flatMap((group) => nodesIn(group.options))].map(
    (option) => ({
      label: textOf(option.text),
      value: textOf(option.value),
      url: textOf(option.url),
    }),
  )

/** The values of an element before the visitor has changed it: given as the value itself, or as the option or options that have it. */
export const initialValuesOf = ({ initialValue, initialOption, initialOptions, initialDate }: BlockNode): string[] =>
  [initialValue, initialOption, initialOptions, initialDate]
    .flat()
    .map((given) => textOf(isNode(given) ? given.value : given))
    .filter(Boolean)

export const positiveOf = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined

/** Which app is told of a click. The element may name it, else its block does, else it is the server itself (`core`). */
export const addressOf = (block: BlockNode, element: BlockNode) => ({
  appId: textOf(element.appId) || textOf(block.appId) || 'core',
  blockId: textOf(element.blockId) || textOf(block.blockId),
  actionId: textOf(element.actionId),
})
