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

/** Codes of what is wrong, by field: the same as the server's refusals arrive as. */
export const validate = (rules: Rule[], values: Record<string, string>): Record<string, string> => {
  const wrong: Record<string, string> = {}
  for (const { name, required, email, pattern } of rules) {
    const text = values[name]?.trim() ?? ''
    if (!text) {
      if (required) wrong[name] = 'required'
    } else if (email && !isEmail(text)) wrong[name] = 'email'
    else if (pattern && !matches(pattern, text)) wrong[name] = 'invalid'
  }
  return wrong
}

export const refusalText = (code: string, t: Strings): string => (code === 'required' ? t.missing : code === 'email' ? t.badEmail : t.badValue)
