import type { VisitorState } from '../tracking/stored'

/** What a server has answered is only looked up as a key of its own (`__proto__` is a text like any other), and only a text is a token. */
const next = ({ became }: VisitorState, token: string): string | undefined => {
  const found = became && Object.hasOwn(became, token) ? (became[token] as unknown) : undefined
  return typeof found === 'string' && found ? found : undefined
}

/** Longer than any honest chain. One that leads in a circle, as a server may have made it, ends somewhere in it. */
const longestChain = 20

/** The token that a token has become in the end, as far as the server has answered with others; the one in use is always an end. */
export const successorOf = (state: VisitorState, token: string): string => {
  for (let steps = 0; steps < longestChain && token !== state.token; steps++) token = next(state, token) ?? token
  return token
}
