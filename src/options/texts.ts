import type { Options } from './types'

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** How an option is read that came as a text of the tag, and is neither a text nor a flag. */
const readers: Record<string, (text: string) => unknown> = {
  offset: (text) => text.split(/[\s,]+/).map(Number),
  zIndex: Number,
  guest: parseJson,
  appearance: parseJson,
  agent: parseJson,
  metadata: parseJson,
  hiddenNotes: (text) => text.split(/[\s,]+/),
}

/** `data-queue-records` and `data-queue-days` are the two members of one option. */
const queueBounds = { queueRecords: 'records', queueDays: 'days' } as const

/** Reads the options that came as the tag's texts, in place. What cannot be read is left as it is, for `checkOptions` to name. */
export const readTexts = <O extends Partial<Options>>(options: O): O => {
  const values = options as Record<string, unknown>
  for (const [name, reader] of Object.entries(readers)) {
    const value = values[name]
    if (typeof value === 'string') values[name] = reader(value)
  }
  for (const [name, bound] of Object.entries(queueBounds)) {
    if (name in values) options.queue = { ...options.queue, [bound]: Number(values[name]) }
    delete values[name]
  }
  return options
}
