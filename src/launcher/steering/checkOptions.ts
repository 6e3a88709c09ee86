import { hiddenNotes, readTexts, type Options } from '../../options'
import { nearest } from './nearest'

interface Rule {
  isUsable(value: unknown): boolean
  /** What the option takes, in words. */
  takes: string
}

const isText = (value: unknown) => typeof value === 'string'
const isFlag = (value: unknown) => typeof value === 'boolean'
const isObject = (value: unknown) => typeof value === 'object' && value !== null
const isFunction = (value: unknown) => typeof value === 'function'
const isNumber = (value: unknown) => Number.isFinite(value)
const isFieldName = (value: unknown) => isText(value) && value !== ''
const isPageCount = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 50
const isBound = (value: unknown) => typeof value === 'number' && value >= 0

const text = (takes: string): Rule => ({ isUsable: isText, takes })
const record = (takes: string): Rule => ({ isUsable: isObject, takes })
const flag: Rule = { isUsable: isFlag, takes: 'true or false' }
const oneOf = (...allowed: string[]): Rule => ({
  isUsable: (value) => allowed.some((word) => word === value),
  takes: `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`,
})

const rules: Record<keyof Options, Rule> = {
  server: text('an address'),
  tracking: oneOf('immediate', 'on-open', 'consent', 'off'),
  ignore: { isUsable: Array.isArray, takes: 'a list of path prefixes or regular expressions' },
  sanitizeUrl: { isUsable: isFunction, takes: 'a function' },
  redact: oneOf('secrets', 'strict'),
  guest: record('an object such as { name, email }'),
  department: text('a text'),
  theme: oneOf('auto', 'light', 'dark'),
  position: oneOf('end', 'start', 'left', 'right'),
  appearance: record('an object such as { accent, title }'),
  offset: {
    isUsable: (value) => Array.isArray(value) && value.length === 2 && value.every(isNumber),
    takes: 'two numbers',
  },
  zIndex: { isUsable: isNumber, takes: 'a number' },
  launcher: {
    isUsable: (value) => isFlag(value) || isText(value) || isObject(value),
    takes: 'true, false, a selector or an element',
  },
  language: text('a language tag'),
  sound: flag,
  titleBadge: flag,
  queue: {
    isUsable: (value) => isObject(value) && Object.values(Object(value)).every(isBound),
    takes: '{ records, days }',
  },
  honorPrivacySignals: flag,
  media: oneOf('same-origin', 'https', 'click'),
  prechatForm: flag,
  agent: {
    isUsable: (value) => isText(Object(value).id) && isText(Object(value).username),
    takes: 'an object { id, username }',
  },
  businessUnit: text('the id of a business unit'),
  beforeMessage: { isUsable: isFunction, takes: 'a function' },
  agentName: oneOf('full', 'first', 'department'),
  hiddenNotes: {
    isUsable: (value) => Array.isArray(value) && value.every((note) => hiddenNotes.includes(note)),
    takes: `a list of ${hiddenNotes.join(', ')}`,
  },
  metadata: record('an object of texts'),
  triggerUrl: text('an address'),
  context: {
    isUsable: (value) => isFieldName(Object(value).field) && isPageCount(Object(value).pages ?? 1),
    takes: '{ field, pages }: the id of a custom field of the server, and a whole number from 1 to 50',
  },
  debug: flag,
  whenUnavailable: {
    isUsable: (value) =>
      isFunction(value) || value === 'hide' || (isText(value) && /^((mailto|tel|https?):|\/)/.test(`${value}`)),
    takes: 'hide, an address such as mailto:help@shop.example, or a function',
  },
  assets: text('an address'),
}

const ruleOf = (name: string): Rule | undefined =>
  Object.hasOwn(rules, name) ? rules[name as keyof Options] : undefined

/** An agent's login, which is nobody else's business, wherever on the page it was written. */
const isLogin = (name: string) => name === 'userId' || name === 'authToken'

/** `data-z-index` for `zIndex`. */
const attributeOf = (name: string): string => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** What is said of an option that is not known. Nothing of an attribute that is like none of ours: it is another script's. */
const unknownOption = (name: string, isAttribute: boolean): string | undefined => {
  const meant = nearest(name, Object.keys(rules))
  const spell = isAttribute ? attributeOf : String
  if (meant) return `${spell(name)} is not known, did you mean ${spell(meant)}?`
  return isAttribute ? undefined : `${name} is not known`
}

/** Takes out what cannot be used, so that its default stands, and refuses it. */
const removeUnusable = (options: object, refuse: (detail: string) => void, attributes: string[]): void => {
  const values = options as Record<string, unknown>
  for (const [name, value] of Object.entries(values)) {
    if (value == null) continue
    const rule = ruleOf(name)
    if (rule?.isUsable(value)) continue
    delete values[name]
    if (rule) refuse(`${name} takes ${rule.takes}`)
    else if (isLogin(name)) refuse('agent-credentials')
    else if (name === 'isSecondScript') refuse('second-script')
    else {
      const detail = unknownOption(name, attributes.includes(name))
      if (detail) refuse(detail)
    }
  }
}

/** Of a tag's `data-ignore`, a pattern that is none: the others still hold, and this one would hide nothing. */
const brokenPatterns = ({ ignore }: Partial<Options>): unknown[] =>
  (Array.isArray(ignore) ? ignore : []).filter((rule: unknown) => {
    if (typeof rule !== 'string' || !rule.endsWith('/')) return false
    try {
      return !RegExp(rule.slice(1, -1))
    } catch {
      return true
    }
  })

const regionless = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? ''

/** A language that there are no words in; the page's own is taken then. */
const removeUnknownLanguage = (options: Partial<Options>, refuse: (detail: string) => void, known: string[]): void => {
  const { language } = options
  if (!language || known.some((name) => regionless(name) === regionless(language))) return
  delete options.language
  refuse(`language “${language}” is none of ${known.join(', ')}; the page’s own is taken`)
}

/**
 * Reads the options that came as texts, and takes out those that cannot be used; `refuse` hears of each. Unknown `attributes` of the tag are another
 * script's. `languages` are those that there are words in.
 */
export const checkOptions = (
  options: Partial<Options>,
  refuse: (detail: string) => void,
  attributes: string[] = [],
  languages: string[] = [],
): void => {
  readTexts(options)
  removeUnusable(options, refuse, attributes)
  for (const rule of brokenPatterns(options)) refuse(`ignore: ${rule} is no regular expression, and hides no page`)
  if (languages.length) removeUnknownLanguage(options, refuse, languages)
}
