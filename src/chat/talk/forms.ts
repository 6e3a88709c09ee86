import type { Core } from '../../visitor/contracts'
import type { ChatConfig } from '../../wire/config'
import { isEmail } from '../../wire/email'
import type { Answers } from '../answers'
import type { Chat } from '../contracts'
import type { Conversation } from '../conversation'
import { answersKey, formKey } from '../keys'
import type { Patterns } from '../patterns'
import { refusalOf } from './refusals'

type Matches = Patterns['matches']

export interface FormsParts {
  core: Pick<Core, 'call' | 'storage' | 'clock' | 'visitor' | 'siteOrigin' | 'emit'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  answers: Pick<Answers, 'add'>
  matches: Matches
}

type FieldRefusal = 'required' | 'email' | 'invalid'

/** Where a field's expression cannot be tried, the server judges. */
const isValid = async (
  value: string,
  { regexp, type, options }: ChatConfig['customFields'][number],
  matches: Matches,
): Promise<boolean> => {
  if (type === 'select') return options.includes(value)
  return !regexp || (await matches(regexp, value)) !== 'no'
}

const check = async (
  values: Record<string, string | undefined>,
  required: string[],
  fields: ChatConfig['customFields'],
  matches: Matches,
): Promise<Record<string, string>> => {
  // A map, because the server names the fields: `__proto__` must be a name like any other.
  const valueOf = new Map(Object.entries(values))
  const refusals = new Map<string, FieldRefusal>()
  for (const name of required) if (!valueOf.get(name)) refusals.set(name, 'required')
  if (values.email && !isEmail(values.email)) refusals.set('email', 'email')
  for (const field of fields) {
    const value = valueOf.get(field.name)
    if (value && !(await isValid(value, field, matches))) refusals.set(field.name, 'invalid')
  }
  return Object.fromEntries(refusals)
}

/** Without the fields that are empty; a field that was required has passed `check`, or is refused by it. */
const trimmed = <T extends Record<string, string | undefined>>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  ) as T

/** Which fields a refused registration is about. */
const refusalsByField = (
  serverCode: string,
  says: string,
  fields: ChatConfig['customFields'],
): Record<string, string> => {
  const nameOf = (id: string) => fields.find((field) => field.id === id)?.name ?? id
  const [, missing] = says.split('required custom fields: ')
  if (missing) return Object.fromEntries(missing.split(', ').map((id) => [nameOf(id), 'required']))
  if (/email/.test(serverCode)) return { email: 'email' }
  return /department/.test(serverCode) ? { department: 'invalid' } : { '': serverCode }
}

/** What the visitor fills in: the pre-chat form, and the message left when no agent is online. */
export const createForms = ({
  core,
  conversation: { facts, update },
  answers,
  matches,
}: FormsParts): Pick<Chat, 'submitForm' | 'leaveMessage'> => {
  const { storage } = core
  const remember = (values: Record<string, string>) =>
    storage.update<Record<string, string>>(answersKey, (old) => ({ ...old, ...values }))

  return {
    async submitForm(filled) {
      const values = trimmed(filled)
      const { form, customFields = [] } = facts.config.peek() ?? {}
      const required = customFields.filter((field) => field.required).map(({ name }) => name)
      for (const name of ['name', 'email'] as const) if (form?.[name]) required.push(name)
      const refusals = await check(values, required, customFields, matches)
      if (Object.keys(refusals).length) return refusals
      await remember(values)
      const custom = customFields.flatMap(({ id, name }) =>
        Object.hasOwn(values, name) ? [[id, values[name] ?? '']] : [],
      )
      update({ registration: { kind: 'waiting' } })
      try {
        const { name, email, department } = values
        await core.visitor.register({
          name,
          email,
          department,
          ...(custom.length && { customFields: Object.fromEntries(custom) }),
        })
        core.emit('form', { name, email, department })
      } catch (error) {
        // `register` rejects with a TagalongError.
        const {
          code,
          serverCode = 'refused',
          says = '',
        } = error as {
          code?: string
          serverCode?: string
          says?: string
        }
        // Any other code means that nobody has answered yet: the registration waits in its lane, and the visitor may go on.
        if (code === 'refused') {
          update({ registration: { kind: 'refused', code: serverCode, says } })
          return refusalsByField(serverCode, says, customFields)
        }
      }
      await storage.set(formKey, { at: core.clock.now() })
      answers.add({ form: true })
      return {}
    },

    async leaveMessage(filled) {
      const values = trimmed({ ...filled })
      const refusals = await check(values, ['name', 'email', 'message'], [], matches)
      if (Object.keys(refusals).length) return refusals
      const { name, email } = values
      await remember({ name, email })
      const body = { ...values, host: core.siteOrigin() }
      const refusal = refusalOf(await core.call('POST', 'livechat/offline.message', { body }))
      if (refusal) throw refusal
      core.emit('offline-message', values)
      return {}
    },
  }
}
