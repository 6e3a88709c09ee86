import type { Signal } from '@preact/signals'

/** The question that covers the conversation, if one is asked. */
export type QuestionKind = 'end' | 'transcript' | 'department' | 'leave'
export type QuestionState = Signal<QuestionKind | undefined>
