import { signal, useSignal, type Signal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Field } from './Field'
import { isEmail } from './validate'
import type { View } from './view'

export type SheetKind = 'end' | 'transcript' | 'department'
export type SheetState = Signal<SheetKind | undefined>
export const createSheetState = (): SheetState => signal(undefined)

/** A small question over the conversation. */
export const Sheet = ({ view, sheet }: { view: View; sheet: SheetState }) => (sheet.value ? <Question key={sheet.value} view={view} kind={sheet.value} onDone={() => (sheet.value = undefined)} /> : null)

const Question = ({ view: { chat, t }, kind, onDone }: { view: View; kind: SheetKind; onDone(): void }) => {
  const form = useRef<HTMLFormElement>(null)
  const state = useSignal<'asking' | 'working' | 'done' | 'failed' | 'wrong'>('asking')
  const departments = chat.config.value?.departments ?? []
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('input, select, button')?.focus(), [])
  const run = async (value: string) => {
    if (kind === 'transcript' && !isEmail(value)) return void (state.value = 'wrong')
    state.value = 'working'
    try {
      await (kind === 'end' ? chat.finish() : kind === 'transcript' ? chat.transcript(value) : chat.switchDepartment(value))
      if (kind === 'transcript') state.value = 'done'
      else onDone()
    } catch {
      state.value = 'failed'
    }
  }
  const title = { end: t.endAsk, transcript: t.transcriptAsk, department: t.switchAsk }[kind]
  return (
    <div
      class="cover"
      role="dialog"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    >
    <form
      ref={form}
      class="sheet"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void run(String(new FormData(event.currentTarget).get('answer') ?? ''))
      }}
    >
      <h3>{state.value === 'done' ? t.transcriptSent : title}</h3>
      {state.value !== 'done' && kind === 'transcript' && (
        <Field name="answer" label={t.email} type="email" autocomplete="email" required error={state.value === 'wrong' ? t.badEmail : undefined} t={t} />
      )}
      {kind === 'department' && <Field name="answer" label={t.department} type="select" required options={departments.map(({ id, name }) => ({ value: id, label: name }))} t={t} />}
      {state.value === 'failed' && (
        <p class="wrong" role="alert">
          {t.failed}
        </p>
      )}
      <div class="choices">
        <button type="button" class="quiet" onClick={onDone}>
          {state.value === 'done' ? t.close : t.cancel}
        </button>
        {state.value !== 'done' && (
          <button type="submit" class={kind === 'end' ? 'main danger' : 'main'} disabled={state.value === 'working'}>
            {kind === 'end' ? t.end : kind === 'transcript' ? t.send : t.switchDepartment}
          </button>
        )}
      </div>
    </form>
    </div>
  )
}
