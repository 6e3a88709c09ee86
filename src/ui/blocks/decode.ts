/** UIKit as a server sends it: nothing of it is trusted, and what is not known is not drawn. */
export type Shape = Record<string, unknown>

export const isShape = (value: unknown): value is Shape => typeof value === 'object' && value !== null && !Array.isArray(value)

export const list = (value: unknown): Shape[] => (Array.isArray(value) ? value.filter(isShape) : [])

export const text = (value: unknown): string => (typeof value === 'string' ? value : isShape(value) && typeof value.text === 'string' ? value.text : '')

export interface Choice {
  label: string
  value: string
  url: string
}

export const choices = (element: Shape): Choice[] =>
  [...list(element.options), ...list(element.optionGroups).flatMap((group) => list(group.options))].map((option) => ({ label: text(option.text), value: text(option.value), url: text(option.url) }))

/** Who is told of a click: an element may say it, else its block does. */
export const addressOf = (block: Shape, element: Shape) => ({
  appId: text(element.appId) || text(block.appId),
  blockId: text(element.blockId) || text(block.blockId),
  actionId: text(element.actionId),
})
