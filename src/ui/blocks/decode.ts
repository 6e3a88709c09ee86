/** UIKit as a server sends it: nothing of it is trusted, and what is not known is not drawn. */
export type Shape = Record<string, unknown>

export const isShape = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const list = (value: unknown): Shape[] => (Array.isArray(value) ? value.filter(isShape) : [])

export const text = (value: unknown): string =>
  typeof value === 'string' ? value : isShape(value) && typeof value.text === 'string' ? value.text : ''

export interface Choice {
  label: string
  value: string
  url: string
}

export const choices = (element: Shape): Choice[] =>
  [...list(element.options), ...list(element.optionGroups).flatMap((group) => list(group.options))].map((option) => ({
    label: text(option.text),
    value: text(option.value),
    url: text(option.url),
  }))

/** What an element holds before anybody has touched it: as the value itself, or as the option or options that have it. */
export const initially = ({ initialValue, initialOption, initialOptions, initialDate }: Shape): string[] =>
  [initialValue, initialOption, initialOptions, initialDate]
    .flat()
    .map((given) => text(isShape(given) ? given.value : given))
    .filter(Boolean)

export const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value > 0 ? value : undefined

/** Who is told of a click: an element may say it, else its block does, else it is the server itself. */
export const addressOf = (block: Shape, element: Shape) => ({
  appId: text(element.appId) || text(block.appId) || 'core',
  blockId: text(element.blockId) || text(block.blockId),
  actionId: text(element.actionId),
})
