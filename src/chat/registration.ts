/** Consent and the pre-chat form: what was answered once is not asked again. */
import type { Core, VisitorState } from '../core/contracts'
import type { Guest } from '../options'
import type { ChatConfig } from '../wire/config'
import type { Conversation, Facts } from './conversation'

const answersKey = 'chat/answers'
const consentKey = 'chat/consent'
const formKey = 'chat/form'

/** A name, an at sign and a domain; the server looks closer. */
const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)

/** Why an answer is not taken; the server's own refusals keep their code. */
export type FieldRefusal = 'required' | 'email' | 'invalid'

const matches = (value: string, regexp: string | undefined): boolean => {
  try {
    return !regexp || new RegExp(regexp).test(value)
  } catch {
    return true
  }
}

export const check = (values: Record<string, string>, required: string[], fields: ChatConfig['customFields'] = []): Record<string, string> => {
  const refusals: Record<string, FieldRefusal> = {}
  const given = (name: string) => values[name]?.trim() ?? ''
  for (const name of required) if (!given(name)) refusals[name] = 'required'
  if (given('email') && !looksLikeEmail(given('email'))) refusals.email = 'email'
  for (const { id, regexp, type, options } of fields) {
    const value = given(id)
    if (value && !(type === 'select' ? options.includes(value) : matches(value, regexp))) refusals[id] = 'invalid'
  }
  return refusals
}

export const createRegistration = ({ core, conversation }: { core: Core; conversation: Conversation }) => {
  const { facts, note } = conversation
  const { storage, visitor } = core

  const remember = async (values: Record<string, string>) => {
    await storage.update<Record<string, string>>(answersKey, (old) => ({ ...old, ...values }))
  }

  const pass = (more: Partial<NonNullable<Facts['passed']>>) => {
    const passed = facts.passed.peek()
    if (passed) note({ passed: { ...passed, ...more } })
  }

  /** What the host, or an earlier page, has said of the visitor. */
  const known = (told: Guest | undefined) => {
    const { name, email } = { ...core.options().guest, ...told }
    return { name: !!name, email: !!email }
  }

  const read = async () => {
    const [consent, form, { told }] = await Promise.all([storage.get(consentKey), storage.get(formKey), visitor.state()])
    note({ passed: { consent: !!consent, form: !!form, ...known(told) } })
  }

  return {
    follow(state: VisitorState) {
      if (state.visitor) note({ registration: { kind: 'done' } })
      else if (facts.registration.peek().kind === 'done') note({ registration: { kind: 'none' } })
      pass(known(state.told))
    },

    read,

    async acceptConsent() {
      await storage.set(consentKey, { at: core.clock.now() })
      pass({ consent: true })
      core.tabs.say('consented')
      await core.opened()
    },

    async submitForm(values: Record<string, string>): Promise<Record<string, string>> {
      const config = facts.config.peek()
      if (!config) return {}
      const { form, customFields } = config
      const required = [form.name && 'name', form.email && 'email', ...customFields.map((field) => field.required && field.id)].filter((name): name is string => !!name)
      const refusals = check(values, required, customFields)
      if (Object.keys(refusals).length) return refusals
      await remember(values)
      const given = (name: string) => values[name]?.trim() || undefined
      const custom = Object.fromEntries(customFields.flatMap(({ id }) => (given(id) ? [[id, given(id)!]] : [])))
      note({ registration: { kind: 'waiting' } })
      try {
        await visitor.register({
          name: given('name'),
          email: given('email'),
          department: given('department'),
          ...(Object.keys(custom).length ? { customFields: custom } : {}),
        })
      } catch (error) {
        const { code = 'refused', serverCode = code, says = '' } = error as { code?: string; serverCode?: string; says?: string }
        if (code === 'refused') {
          note({ registration: { kind: 'refused', code: serverCode, says } })
          return /email/.test(serverCode) ? { email: 'email' } : /department/.test(serverCode) ? { department: 'invalid' } : { '': serverCode }
        }
        // Nobody answered: the wish is kept, and told as soon as somebody does.
      }
      await storage.set(formKey, { at: core.clock.now() })
      pass({ form: true })
      return {}
    },

    remember,

    async remembered(): Promise<Record<string, string>> {
      const { name, email, phone, department } = (await visitor.state()).told ?? {}
      const told = Object.fromEntries(Object.entries({ name, email, phone, department }).filter(([, value]) => value)) as Record<string, string>
      return { ...told, ...(await storage.get<Record<string, string>>(answersKey)) }
    },
  }
}

export type Registration = ReturnType<typeof createRegistration>
