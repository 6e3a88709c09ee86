import type { Options } from './index'

/** Options that came as the tag's texts and are neither a text nor a flag; what cannot be read is left for `checkOptions` to name. */
export const readTexts = <O extends Partial<Options>>(options: O): O => {
  const given = options as unknown as Record<string, unknown>
  const read = (name: string, how: (text: string) => unknown) => {
    const text = given[name]
    if (typeof text === 'string') given[name] = how(text)
  }
  read('offset', (text) => text.split(/[\s,]+/).map(Number))
  read('zIndex', Number)
  read('guest', (text) => {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  })
  for (const [name, bound] of [
    ['queueRecords', 'records'],
    ['queueDays', 'days'],
  ] as const) {
    if (name in given) options.queue = { ...options.queue, [bound]: Number(given[name]) }
    delete given[name]
  }
  return options
}
