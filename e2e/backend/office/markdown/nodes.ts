/** A node of a line of text, as Rocket.Chat's own message parser names it. */
export interface Inline {
  type: string
  value?: unknown
  shortCode?: string
  unicode?: string
}

export const plain = (value: string): Inline => ({ type: 'PLAIN_TEXT', value })
