import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Field, type FieldProps } from '../Field'
import { refusalText, validate } from '../validate'
import type { View } from '../view'

export type Entry = Omit<FieldProps, 't' | 'error'> & { pattern?: string }

export interface FieldsProps {
  view: View
  entries: Entry[]
  submit: string
  /** Resolves with what the server refused, by field; the empty name is the form itself. */
  onSubmit(values: Record<string, string>): Promise<Record<string, string>>
}

/** A form with remembered answers, checked here first and then by the server. */
export const Fields = ({ view: { chat, t }, entries, submit, onSubmit }: FieldsProps) => {
  const form = useRef<HTMLFormElement>(null)
  const remembered = useSignal<Record<string, string>>({})
  const wrong = useSignal<Record<string, string>>({})
  const working = useSignal(false)
  useLayoutEffect(() => {
    chat.remembered().then(
      (answers) => (remembered.value = answers),
      () => {},
    )
  }, [])

  const refuse = (refusals: Record<string, string>) => {
    wrong.value = Object.fromEntries(Object.entries(refusals).map(([name, code]) => [name, name ? refusalText(code, t) : t.failed]))
    const first = entries.find(({ name }) => refusals[name])
    if (first) (form.current?.elements.namedItem(first.name) as HTMLElement | null)?.focus()
  }
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    if (working.value) return
    const values = Object.fromEntries([...new FormData(form.current!)].map(([name, value]) => [name, String(value).trim()]))
    const mistakes = validate(
      entries.map(({ name, required, type, pattern }) => ({ name, required, email: type === 'email', pattern })),
      values,
    )
    if (Object.keys(mistakes).length) return refuse(mistakes)
    working.value = true
    try {
      refuse(await onSubmit(values))
    } catch {
      refuse({ '': 'failed' })
    } finally {
      working.value = false
    }
  }

  const elsewhere = Object.entries(wrong.value).filter(([name]) => !entries.some((entry) => entry.name === name))
  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)}>
      {entries.map(({ pattern: _, ...entry }) => (
        <Field key={entry.name} {...entry} value={remembered.value[entry.name] ?? entry.value} error={wrong.value[entry.name]} t={t} />
      ))}
      {elsewhere.map(([name, says]) => (
        <p key={name} class="wrong" role="alert">
          {says}
        </p>
      ))}
      <button type="submit" class="main" disabled={working.value}>
        {submit}
      </button>
    </form>
  )
}
