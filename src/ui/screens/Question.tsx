import { h } from 'preact'
import { useSignal } from '@preact/signals'
import type { TargetedSubmitEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Field } from './Field'
import type { QuestionKind } from '../view/question'
import { isEmail } from '../../wire/email'
import { otherDepartments } from './otherDepartments'
import type { View } from '../view/view'

export interface QuestionProps {
  view: View
  kind: Exclude<QuestionKind, 'leave'>
  onDone(): void
}

/** A question that covers the conversation until it is answered or given up. */
export const Question = ({ view: { chat, strings }, kind, onDone }: QuestionProps) => {
  const form = useRef<HTMLFormElement>(null)
  const state = useSignal<'asking' | 'working' | 'done' | 'failed' | 'wrong'>('asking')
  const title = { end: strings.endAsk, transcript: strings.transcriptAsk, department: strings.switchAsk }[kind]
  const isDone = state.value === 'done'

  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select, button')?.focus(), [isDone])

  const answerWith = async (answer: string) => {
    if (kind === 'transcript' && !isEmail(answer)) return void (state.value = 'wrong')
    state.value = 'working'
    try {
      await (kind === 'end'
        ? chat.finish()
        : kind === 'transcript'
          ? chat.transcript(answer)
          : chat.switchDepartment(answer))
      if (kind === 'transcript') state.value = 'done'
      else onDone()
    } catch {
      state.value = 'failed'
    }
  }
  const onSubmit = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    void answerWith(`${new FormData(event.currentTarget).get('answer') ?? ''}`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onDone()
  }

  return (
    <div class="question" role="dialog" aria-label={isDone ? strings.transcriptSent : title} onKeyDown={onKeyDown}>
      <form ref={form} class="question-form" noValidate onSubmit={onSubmit}>
        <h3>{isDone ? strings.transcriptSent : title}</h3>
        {!isDone && kind === 'transcript' && (
          <Field
            name="answer"
            label={strings.email}
            type="email"
            autocomplete="email"
            required
            error={state.value === 'wrong' ? strings.badEmail : undefined}
            strings={strings}
          />
        )}
        {kind === 'department' && (
          <Field
            name="answer"
            label={strings.department}
            type="select"
            required
            options={otherDepartments(chat).map(({ id, name }) => ({ value: id, label: name }))}
            strings={strings}
          />
        )}
        {state.value === 'failed' && (
          <p class="error" role="alert">
            {strings.failed}
          </p>
        )}
        <div class="question-buttons">
          <button type="button" class="secondary" onClick={onDone}>
            {isDone ? strings.close : strings.cancel}
          </button>
          {!isDone && (
            <button
              type="submit"
              class={kind === 'end' ? 'primary danger' : 'primary'}
              disabled={state.value === 'working'}
            >
              {kind === 'end' ? strings.end : kind === 'transcript' ? strings.send : strings.switchDepartment}
            </button>
          )}
        </div>
      </form>
    </div>
  )
}
