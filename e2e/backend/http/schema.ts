/**
 * Request schemas, each readable by both checkers the real servers use: the JSON schema one (which coerces scalars and
 * looks for missing keys first) and the older type check (which coerces nothing and reads the value key by key).
 */
export type Schema =
  | { type: 'any' }
  | { type: 'string' | 'number' | 'boolean'; nullable?: boolean }
  | { type: 'array'; items: Schema; minItems?: number }
  | { type: 'object'; properties: Record<string, Schema>; required: string[]; open?: boolean }

export const anything: Schema = { type: 'any' }
export const text: Schema = { type: 'string' }
export const number: Schema = { type: 'number' }
export const flag: Schema = { type: 'boolean' }
export const textOrNull: Schema = { type: 'string', nullable: true }

export const list = (items: Schema, minItems = 0): Schema => ({ type: 'array', items, minItems })

/** Keys that end in `?` are optional. */
export function shape(keys: Record<string, Schema>, open = false): Schema {
  const entries = Object.entries(keys)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([key, schema]) => [key.replace('?', ''), schema])),
    required: entries.filter(([key]) => !key.endsWith('?')).map(([key]) => key),
    open,
  }
}

export type Checked = { kind: 'valid'; value: unknown } | { kind: 'invalid'; error: string }

const invalid = (error: string): Checked => ({ kind: 'invalid', error })
const valid = (value: unknown): Checked => ({ kind: 'valid', value })

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function coerceScalar(type: 'string' | 'number' | 'boolean', value: unknown): unknown {
  if (type === 'string') {
    if (value === null) return ''
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
  }
  if (type === 'number') {
    if (value === null) return 0
    if (typeof value === 'boolean') return Number(value)
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  }
  if (value === 'true' || value === 1) return true
  return value === 'false' || value === 0 || value === null ? false : value
}

/** As the JSON schema checker says it: the first problem only, and without naming where. */
export function checkSchema(schema: Schema, value: unknown): Checked {
  if (schema.type === 'any') return valid(value)
  if (schema.type === 'object') {
    if (!isRecord(value)) return invalid('must be object')
    const missing = schema.required.find((key) => value[key] === undefined)
    if (missing !== undefined) return invalid(`must have required property '${missing}'`)
    if (!schema.open && Object.keys(value).some((key) => !Object.hasOwn(schema.properties, key)))
      return invalid('must NOT have additional properties')
    const result = { ...value }
    for (const [key, part] of Object.entries(schema.properties)) {
      if (value[key] === undefined) continue
      const checked = checkSchema(part, value[key])
      if (checked.kind === 'invalid') return checked
      result[key] = checked.value
    }
    return valid(result)
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return invalid('must be array')
    if (value.length < (schema.minItems ?? 0)) return invalid(`must NOT have fewer than ${schema.minItems} items`)
    const items: unknown[] = []
    for (const item of value) {
      const checked = checkSchema(schema.items, item)
      if (checked.kind === 'invalid') return checked
      items.push(checked.value)
    }
    return valid(items)
  }
  if (value === null && schema.nullable) return valid(null)
  const coerced = coerceScalar(schema.type, value)
  return typeof coerced === schema.type ? valid(coerced) : invalid(`must be ${schema.type}`)
}

/** A query is all text: the older servers read its numbers before they check the rest. */
export function readNumbers(schema: Schema, query: unknown): unknown {
  if (schema.type !== 'object' || !isRecord(query)) return query
  const numbers = Object.entries(query).filter(([key]) => schema.properties[key]?.type === 'number')
  return { ...query, ...Object.fromEntries(numbers.map(([key, value]) => [key, coerceScalar('number', value)])) }
}

const typeName = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const at = (path: string) => (path ? ` in field ${path}` : '')

/** As the type check says it, with the field's path. */
export function checkMatch(schema: Schema, value: unknown, path = ''): Checked {
  if (schema.type === 'any') return valid(value)
  const mismatch = () => invalid(`Match error: Expected ${schema.type}, got ${typeName(value)}${at(path)}`)
  if (schema.type === 'object') {
    if (!isRecord(value)) return mismatch()
    for (const [key, item] of Object.entries(value)) {
      const inner = path ? `${path}.${key}` : key
      const part = Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined
      if (!part) {
        if (schema.open) continue
        return invalid(`Match error: Unknown key${at(inner)}`)
      }
      const checked = checkMatch(part, item, inner)
      if (checked.kind === 'invalid') return checked
    }
    const missing = schema.required.find((key) => !Object.hasOwn(value, key))
    return missing === undefined ? valid(value) : invalid(`Match error: Missing key '${missing}'${at(path)}`)
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return mismatch()
    for (const [index, item] of value.entries()) {
      const checked = checkMatch(schema.items, item, `${path}[${index}]`)
      if (checked.kind === 'invalid') return checked
    }
    return valid(value)
  }
  if (schema.nullable && (value === null || value === undefined)) return valid(value)
  return typeof value === schema.type ? valid(value) : mismatch()
}
