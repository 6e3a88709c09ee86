import type { VisitorState } from '../tracking/stored'
import { chatConsentKey } from '../tracking/keys'
import type { Core } from '../visitor/contracts'
import { mergeGuests } from '../visitor/guest'
import type { Conversation, VisitorAnswers } from './conversation'
import { answersKey, formKey } from './keys'

export interface AnswersParts {
  core: Pick<Core, 'storage' | 'visitor' | 'options' | 'clock' | 'tabs' | 'opened' | 'consent'>
  conversation: Pick<Conversation, 'facts' | 'update'>
}

export interface Answers {
  /** Reads what was answered on earlier pages. */
  read(): Promise<void>
  /** Something was answered now. */
  add(answers: Partial<VisitorAnswers>): void
  followVisitor(state: VisitorState): void
  acceptConsent(): Promise<void>
  /** What the forms are filled in with beforehand, by the name of the field. */
  remembered(): Promise<Record<string, string>>
}

const introductionFields = ['name', 'email', 'phone', 'department'] as const

/** What the visitor has answered once is not asked again: the consent, the pre-chat form. */
export const createAnswers = ({ core, conversation: { facts, update } }: AnswersParts): Answers => {
  const { storage, visitor } = core

  const add = (answers: Partial<VisitorAnswers>) => {
    const before = facts.visitorAnswers.peek()
    if (before) update({ visitorAnswers: { ...before, ...answers } })
  }

  /** `told` is what an earlier page has told the server; the host's options may name the visitor as well. */
  const introductionOf = ({ told }: VisitorState) => {
    const { name, email, customFields } = mergeGuests(core.options().guest ?? {}, told ?? {})
    return { name: !!name, email: !!email, customFields: Object.keys(customFields ?? {}) }
  }

  return {
    add,

    async read() {
      const [consent, form, state] = await Promise.all([
        storage.get(chatConsentKey),
        storage.get(formKey),
        visitor.state(),
      ])
      update({ visitorAnswers: { consent: !!consent, form: !!form, ...introductionOf(state) } })
    },

    followVisitor(state) {
      if (state.visitor) update({ registration: { kind: 'done' } })
      else if (facts.registration.peek().kind === 'done') update({ registration: { kind: 'none' } })
      add(introductionOf(state))
    },

    async acceptConsent() {
      // The host's question comes first. The server may have one of its own.
      if (!facts.isStoringAllowed.peek()) return core.consent()
      await storage.set(chatConsentKey, { at: core.clock.now() })
      add({ consent: true })
      core.tabs.post('consented')
      await core.opened()
    },

    async remembered() {
      const { told = {} } = await visitor.state()
      const introduction = introductionFields.flatMap((field) => (told[field] ? [[field, told[field]]] : []))
      return { ...Object.fromEntries(introduction), ...(await storage.get<Record<string, string>>(answersKey)) }
    },
  }
}
