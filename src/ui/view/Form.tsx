import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Field, type FieldProps } from './Field'
import type { View } from './view'

export type FormField = Omit<FieldProps, 'strings' | 'error'>

export interface FormProps {
  view: View
  fields: FormField[]
  submit: string
  /** Resolves with codes of what is wrong, by field; the empty name is the form itself. */
  onSubmit(values: Record<string, string>): Promise<Record<string, string>>
}

/** A field has the name the server gives it, be it `constructor`. */
const ownValue = (values: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

/** A form with remembered answers, that says at each field what is wrong. */
export const Form = ({ view: { chat, strings }, fields, submit, onSubmit }: FormProps) => {
  const form = useRef<HTMLFormElement>(null)
  const remembered = useSignal<Record<string, string>>({})
  const wrong = useSignal<Record<string, string>>({})
  const working = useSignal(false)
  const words = (code: string | undefined) =>
    code && (ownValue({ required: strings.missing, email: strings.badEmail }, code) ?? strings.badValue)
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
    const first = fields.find(({ name }) => ownValue(wrong.value, name))
    if (first) (form.current?.elements.namedItem(first.name) as HTMLElement | null)?.focus()
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void send(event)}>
      {fields.map((entry) => (
        <Field
          key={entry.name}
          {...entry}
          value={ownValue(remembered.value, entry.name) ?? entry.value}
          error={words(ownValue(wrong.value, entry.name))}
          strings={strings}
        />
      ))}
      {Object.keys(wrong.value).some((name) => !fields.some((entry) => entry.name === name)) && (
        <p class="error" role="alert">
          {strings.failed}
        </p>
      )}
      <button type="submit" class="primary" aria-disabled={working.value}>
        {submit}
      </button>
    </form>
  )
}
