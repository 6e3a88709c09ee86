import type { Inline } from './nodes.ts'

const shortCode = /^:([a-z0-9_+-]+):/i
const glyph = new RegExp('^\\p{RGI_Emoji}', 'v')

/** `:name:` or the sign itself. */
export function emojiAt(text: string, at: number): { node: Inline; length: number } | undefined {
  const rest = text.slice(at)
  const named = shortCode.exec(rest)
  if (named) {
    const [whole, name = ''] = named
    return {
      node: { type: 'EMOJI', value: { type: 'PLAIN_TEXT', value: name }, shortCode: name },
      length: whole.length,
    }
  }
  const sign = glyph.exec(rest)
  return sign ? { node: { type: 'EMOJI', unicode: sign[0] }, length: sign[0].length } : undefined
}

/** Up to three emoji and nothing else are drawn big. */
export function bigEmoji(text: string): Inline[] | undefined {
  const nodes: Inline[] = []
  for (let at = 0; at < text.length;) {
    const found = emojiAt(text, at)
    if (found) {
      nodes.push(found.node)
      at += found.length
    } else if (/\s/.test(text.charAt(at))) at++
    else return undefined
  }
  return nodes.length > 0 && nodes.length <= 3 ? nodes : undefined
}
