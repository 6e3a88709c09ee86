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

/** Options with members that are attributes of their own: `data-queue-records` and `data-queue-days` are the two of `queue`. */
const members: Record<string, { option: string; member: string; read(text: unknown): unknown }> = {
  queueRecords: { option: 'queue', member: 'records', read: Number },
  queueDays: { option: 'queue', member: 'days', read: Number },
  contextField: { option: 'context', member: 'field', read: (text) => text },
  contextPages: { option: 'context', member: 'pages', read: Number },
}

/** Reads the options that came as the tag's texts, in place. What cannot be read is left as it is, for `checkOptions` to name. */
export const readTexts = <O extends Partial<Options>>(options: O): O => {
  const values = options as Record<string, unknown>
  for (const [name, reader] of Object.entries(readers)) {
    const value = values[name]
    if (typeof value === 'string') values[name] = reader(value)
  }
  for (const [name, { option, member, read }] of Object.entries(members)) {
    if (name in values) values[option] = { ...Object(values[option]), [member]: read(values[name]) }
    delete values[name]
  }
  return options
}
