/** What the visitor fills in: the pre-chat form, and the message left behind when nobody is there. */
import type { Core } from '../../visitor/contracts'
import type { ChatConfig } from '../../wire/config'
import { answersKey, formKey, type Answers } from '../answers'
import { refusalOf, type Calls } from './calls'
import type { Chat } from '../contracts'
import type { Conversation } from '../conversation'

export interface FormsOptions {
  core: Core
  conversation: Conversation
  calls: Calls
  answers: Answers
}

/** Why an answer is not taken. */
type FieldRefusal = 'required' | 'email' | 'invalid'

const matches = (value: string, regexp: string | undefined): boolean => {
  try {
    return !regexp || new RegExp(regexp).test(value)
  } catch {
    // Written for another engine: the server's to judge.
    return true
  }
}

const check = (
  values: Record<string, string | undefined>,
  required: string[],
  fields: ChatConfig['customFields'] = [],
): Record<string, string> => {
  const given = new Map(Object.entries(values))
  const refusals = new Map<string, FieldRefusal>()
  for (const name of required) if (!given.get(name)) refusals.set(name, 'required')
  if (values.email && !/^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/.test(values.email)) refusals.set('email', 'email')
  for (const { id, regexp, type, options } of fields) {
    const value = given.get(id)
    if (value && !(type === 'select' ? options.includes(value) : matches(value, regexp))) refusals.set(id, 'invalid')
  }
  return Object.fromEntries(refusals)
}

const trimmed = <T extends Record<string, string | undefined>>(values: T): T =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  ) as T

export const createForms = ({
  core,
  conversation: { facts, note },
  calls,
  answers,
}: FormsOptions): Pick<Chat, 'submitForm' | 'leaveMessage'> => {
  const { storage } = core
  const remember = (values: Record<string, string>) =>
    storage.update<Record<string, string>>(answersKey, (old) => ({ ...old, ...values }))

  return {
    async submitForm(filled) {
      const values = trimmed(filled)
      const { form, customFields } = facts.config.peek()!
      const required = customFields.filter((field) => field.required).map(({ id }) => id)
      for (const name of ['name', 'email'] as const) if (form[name]) required.push(name)
      const refusals = check(values, required, customFields)
      if (Object.keys(refusals).length) return refusals
      await remember(values)
      const custom = customFields.flatMap(({ id }) => (Object.hasOwn(values, id) ? [[id, values[id]]] : []))
      note({ registration: { kind: 'waiting' } })
      try {
        const { name, email, department } = values
        await core.visitor.register({
          name,
          email,
          department,
          ...(custom.length ? { customFields: Object.fromEntries(custom) as Record<string, string> } : {}),
        })
      } catch (error) {
        const {
          code,
          serverCode = 'refused',
          says = '',
        } = error as { code?: string; serverCode?: string; says?: string }
        // Otherwise nobody answered: the wish is kept, and told as soon as somebody does.
        if (code === 'refused') {
          note({ registration: { kind: 'refused', code: serverCode, says } })
          return /email/.test(serverCode)
            ? { email: 'email' }
            : /department/.test(serverCode)
              ? { department: 'invalid' }
              : { '': serverCode }
        }
      }
      await storage.set(formKey, { at: core.clock.now() })
      answers.pass({ form: true })
      return {}
    },

    async leaveMessage(filled) {
      const values = trimmed(filled as Record<string, string> & typeof filled)
      const refusals = check(values, ['name', 'email', 'message'])
      if (Object.keys(refusals).length) return refusals
      const { name, email } = values
      await remember({ name, email })
      const refusal = refusalOf(await calls.leaveMessage(values))
      if (refusal) throw refusal
      return {}
    },
  }
}
