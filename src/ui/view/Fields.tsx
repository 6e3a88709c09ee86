import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Field, type FieldProps } from './Field'
import type { View } from './view'

export type Entry = Omit<FieldProps, 't' | 'error'>

export interface FieldsProps {
  view: View
  entries: Entry[]
  submit: string
  /** Resolves with codes of what is wrong, by field; the empty name is the form itself. */
  onSubmit(values: Record<string, string>): Promise<Record<string, string>>
}

/** A field has the name the server gives it, be it `constructor`. */
const own = (values: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

/** A form with remembered answers, that says at each field what is wrong. */
export const Fields = ({ view: { chat, t }, entries, submit, onSubmit }: FieldsProps) => {
  const form = useRef<HTMLFormElement>(null)
  const remembered = useSignal<Record<string, string>>({})
  const wrong = useSignal<Record<string, string>>({})
  const working = useSignal(false)
  const words = (code: string | undefined) =>
    code && (own({ required: t.missing, email: t.badEmail }, code) ?? t.badValue)
  useLayoutEffect(() => {
    chat.remembered().then(
      (answers) => (remembered.value = answers),
      () => {},
    )
  }, [])

  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    if (working.value) return
    working.value = true
    wrong.value = await onSubmit(
      Object.fromEntries([...new FormData(form.current!)].map(([name, value]) => [name, `${value}`.trim()])),
    ).catch(() => ({ '': '' }))
    working.value = false
    const first = entries.find(({ name }) => own(wrong.value, name))
    if (first) (form.current?.elements.namedItem(first.name) as HTMLElement | null)?.focus()
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)}>
      {entries.map((entry) => (
        <Field
          key={entry.name}
          {...entry}
          value={own(remembered.value, entry.name) ?? entry.value}
          error={words(own(wrong.value, entry.name))}
          t={t}
        />
      ))}
      {Object.keys(wrong.value).some((name) => !entries.some((entry) => entry.name === name)) && (
        <p class="wrong" role="alert">
          {t.failed}
        </p>
      )}
      <button type="submit" class="main" aria-disabled={working.value}>
        {submit}
      </button>
    </form>
  )
}
