/** What the visitor has answered once is not asked again: consent, the pre-chat form. */
import type { Core } from '../visitor/contracts'
import type { VisitorState } from '../tracking/contracts'
import type { Conversation, Facts } from './conversation'

export const answersKey = 'chat/answers'
const consentKey = 'chat/consent'
export const formKey = 'chat/form'

export const createAnswers = ({ core, conversation: { facts, note } }: { core: Core; conversation: Conversation }) => {
  const { storage, visitor } = core

  const pass = (more: Partial<NonNullable<Facts['passed']>>) => {
    const passed = facts.passed.peek()
    if (passed) note({ passed: { ...passed, ...more } })
  }

  /** What the host, or an earlier page, has said of the visitor. */
  const known = (told: VisitorState['told']) => {
    const { name, email } = { ...core.options().guest, ...told }
    return { name: !!name, email: !!email }
  }

  return {
    pass,

    async read() {
      const [consent, form, { told }] = await Promise.all([
        storage.get(consentKey),
        storage.get(formKey),
        visitor.state(),
      ])
      note({ passed: { consent: !!consent, form: !!form, ...known(told) } })
    },

    follow({ visitor: registered, told }: VisitorState) {
      if (registered) note({ registration: { kind: 'done' } })
      else if (facts.registration.peek().kind === 'done') note({ registration: { kind: 'none' } })
      pass(known(told))
    },

    async acceptConsent() {
      await storage.set(consentKey, { at: core.clock.now() })
      pass({ consent: true })
      core.tabs.post('consented')
      await core.opened()
    },

    async remembered() {
      const { name, email, phone, department } = (await visitor.state()).told ?? {}
      return { name, email, phone, department, ...(await storage.get(answersKey)) } as Record<string, string>
    },
  }
}

export type Answers = ReturnType<typeof createAnswers>
