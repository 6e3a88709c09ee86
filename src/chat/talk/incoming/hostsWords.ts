import type { ErrorCode, Options } from '../../../options'

/** What the host makes of somebody else's message before it is shown: another text, or undefined for none. A host that throws changes nothing. */
export const hostsWords = (
  { beforeMessage }: Options,
  message: { id: string; text: string; at: number },
  from: 'agent' | 'bot',
  report: (code: ErrorCode, detail: string) => void,
): string | undefined => {
  const { id, text, at } = message
  if (!beforeMessage) return text
  try {
    const made = beforeMessage({ id, from, text, at })
    return made === false ? undefined : typeof made === 'string' ? made : text
  } catch (error) {
    report('bad-option', `beforeMessage threw ${error}`)
    return text
  }
}
