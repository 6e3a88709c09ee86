import type { ErrorCode, Options } from '../options'
import { readTexts } from '../options'
import { sentence } from './sentences'

const text = (value: unknown) => typeof value === 'string'
const flag = (value: unknown) => typeof value === 'boolean'
const among =
  (...allowed: string[]) =>
  (value: unknown) =>
    allowed.includes(value as string)
const count = (value: unknown) => typeof value === 'number' && value >= 0
const object = (value: unknown) => typeof value === 'object' && value !== null

const takes: Record<keyof Options, [fits: (value: unknown) => boolean, what: string]> = {
  server: [text, 'an address'],
  tracking: [among('immediate', 'on-open', 'consent', 'off'), 'immediate, on-open, consent or off'],
  ignore: [Array.isArray, 'a list of path prefixes or regular expressions'],
  sanitizeUrl: [(value) => typeof value === 'function', 'a function'],
  guest: [object, 'an object such as { name, email }'],
  department: [text, 'a text'],
  theme: [among('auto', 'light', 'dark'), 'auto, light or dark'],
  position: [among('end', 'start'), 'end or start'],
  offset: [
    (value) => Array.isArray(value) && value.length === 2 && value.every((part) => Number.isFinite(part)),
    'two numbers',
  ],
  zIndex: [Number.isFinite, 'a number'],
  launcher: [(value) => flag(value) || text(value) || object(value), 'true, false, a selector or an element'],
  language: [text, 'a language tag'],
  sound: [flag, 'true or false'],
  titleBadge: [flag, 'true or false'],
  queue: [(value) => object(value) && Object.values(value as object).every(count), '{ records, days }'],
  honorPrivacySignals: [flag, 'true or false'],
  debug: [flag, 'true or false'],
  assets: [text, 'an address'],
}

/** An agent's login: nobody else's business, wherever on the page it was written. */
const isLogin = (name: string) => name === 'userId' || name === 'authToken'

/** Takes out what cannot be used, so that its default stands, and names it; `others` may be there for somebody else. */
const takeOut = (options: object, refuse: (detail: string) => void, others: string[]): void => {
  const given = options as Record<string, unknown>
  for (const [name, value] of Object.entries(given)) {
    if (value == null) continue
    const rule = Object.hasOwn(takes, name) ? takes[name as keyof Options] : undefined
    if (rule?.[0](value)) continue
    delete given[name]
    if (!rule && !isLogin(name) && others.includes(name)) continue
    refuse(rule ? `${name} takes ${rule[1]}` : isLogin(name) ? 'agent-credentials' : `${name} is not known`)
  }
}

/** All of it: what came as texts is read, what is wrong is said. */
export const check = (
  options: Partial<Options>,
  say: (code: ErrorCode, says: string) => void,
  others: string[] = [],
): void => {
  readTexts(options)
  takeOut(options, (detail) => say('bad-option', sentence('bad-option', detail)), others)
}
