import type { Signal } from '@preact/signals'

/** The question that lies over the conversation. */
export type QuestionKind = 'end' | 'transcript' | 'department'
export type QuestionState = Signal<QuestionKind | undefined>
