import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Field } from '../view/Field'
import type { QuestionKind } from '../view/question'
import { isEmail } from '../../wire/email'
import type { View } from '../view/view'

export interface QuestionProps {
  view: View
  kind: QuestionKind
  onDone(): void
}

/** A small question over the conversation. */
export const Question = ({ view: { chat, t }, kind, onDone }: QuestionProps) => {
  const form = useRef<HTMLFormElement>(null)
  const state = useSignal<'asking' | 'working' | 'done' | 'failed' | 'wrong'>('asking')
  const departments = chat.config.value?.departments ?? []
  const title = { end: t.endAsk, transcript: t.transcriptAsk, department: t.switchAsk }[kind]
  const done = state.value === 'done'

  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select, button')?.focus(), [done])

  const run = async (answer: string) => {
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
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    void run(`${new FormData(form.current!).get('answer') ?? ''}`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onDone()
  }

  return (
    <div class="cover" role="dialog" aria-label={done ? t.transcriptSent : title} onKeyDown={onKeyDown}>
      <form ref={form} class="sheet" noValidate onSubmit={onSubmit}>
        <h3>{done ? t.transcriptSent : title}</h3>
        {!done && kind === 'transcript' && (
          <Field
            name="answer"
            label={t.email}
            type="email"
            autocomplete="email"
            required
            error={state.value === 'wrong' ? t.badEmail : undefined}
            t={t}
          />
        )}
        {kind === 'department' && (
          <Field
            name="answer"
            label={t.department}
            type="select"
            required
            options={departments.map(({ id, name }) => ({ value: id, label: name }))}
            t={t}
          />
        )}
        {state.value === 'failed' && (
          <p class="wrong" role="alert">
            {t.failed}
          </p>
        )}
        <div class="choices">
          <button type="button" class="quiet" onClick={onDone}>
            {done ? t.close : t.cancel}
          </button>
          {!done && (
            <button type="submit" class={kind === 'end' ? 'main danger' : 'main'} disabled={state.value === 'working'}>
              {kind === 'end' ? t.end : kind === 'transcript' ? t.send : t.switchDepartment}
            </button>
          )}
        </div>
      </form>
    </div>
  )
}
