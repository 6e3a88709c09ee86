import type { Check } from '../../options'

export interface TextParts {
  version: string
  server: string
  origin: string
  /** Never part of the text, whatever a server has said. */
  token: string | undefined
}

/** A diagnosis to send to somebody who can help: no page, no name and no token is in it. */
export const textOf = (checks: Check[], { version, server, origin, token }: TextParts): string => {
  const lines = [
    `Tagalong ${version} on ${origin}, server ${server}`,
    `${new Date().toISOString()}, ${navigator.userAgent}`,
    ...checks.map(({ ok, name, code, says }) => `${ok ? 'ok  ' : 'FAIL'} ${name}${code ? ` (${code})` : ''}: ${says}`),
  ]
  const text = lines.join('\n')
  return token ? text.replaceAll(token, '(token)') : text
}
