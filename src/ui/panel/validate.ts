import type { Strings } from '../strings/en'

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text)

export interface Rule {
  name: string
  required?: boolean
  email?: boolean
  pattern?: string
}

const matches = (pattern: string, text: string) => {
  try {
    return new RegExp(pattern, 'i').test(text)
  } catch {
    // A pattern the server wrote for another engine is the server's to judge.
    return true
  }
}

/** What is wrong, by field, in the order of the rules. */
export const validate = (rules: Rule[], values: Record<string, string>, t: Strings): Record<string, string> => {
  const wrong: Record<string, string> = {}
  for (const { name, required, email, pattern } of rules) {
    const text = values[name]?.trim() ?? ''
    if (!text) {
      if (required) wrong[name] = t.missing
    } else if (email && !isEmail(text)) wrong[name] = t.badEmail
    else if (pattern && !matches(pattern, text)) wrong[name] = t.badValue
  }
  return wrong
}
