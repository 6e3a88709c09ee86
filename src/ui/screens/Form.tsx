import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { Field, type FieldProps } from './Field'
import type { View } from '../view/view'

export type FormField = Omit<FieldProps, 'strings' | 'error'>

export interface FormProps {
  view: View
  fields: FormField[]
  submit: string
  /** Resolves with codes of what is wrong, by field; the empty name is the form itself. */
  onSubmit(values: Record<string, string>): Promise<Record<string, string>>
}

/** A field has the name that the server gives it, which may be `constructor`. */
const ownValue = (values: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined

/**
 * What the form calls a field: a name of ours. A form has its inputs as members, and one that the server has named `elements` or `l` would hide
 * what the browser, or Preact, keeps there.
 */
const inputName = (index: number): string => `answer-${index}`

/** A form that remembers answers, and says at each field what is wrong. */
export const Form = ({ view: { chat, strings }, fields, submit, onSubmit }: FormProps) => {
  const remembered = useSignal<Record<string, string>>({})
  /** Codes of what is wrong, by field. */
  const errors = useSignal<Record<string, string>>({})
  const isSending = useSignal(false)
  const errorText = (code: string | undefined) =>
    code && (ownValue({ required: strings.missing, email: strings.badEmail }, code) ?? strings.badValue)
  useLayoutEffect(() => {
    chat.remembered().then(
      (answers) => (remembered.value = answers),
      () => {},
    )
  }, [])

  const send = async (form: HTMLFormElement) => {
    if (isSending.value) return
    isSending.value = true
    const given = new FormData(form)
    errors.value = await onSubmit(
      Object.fromEntries(fields.map(({ name }, index) => [name, `${given.get(inputName(index)) ?? ''}`.trim()])),
    ).catch(() => ({ '': '' }))
    isSending.value = false
    const first = fields.findIndex(({ name }) => ownValue(errors.value, name))
    if (first >= 0) (form.elements.namedItem(inputName(first)) as HTMLElement | null)?.focus()
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      {fields.map((field, index) => (
        <Field
          key={field.name}
          {...field}
          name={inputName(index)}
          value={ownValue(remembered.value, field.name) ?? field.value}
          error={errorText(ownValue(errors.value, field.name))}
          strings={strings}
        />
      ))}
      {Object.keys(errors.value).some((name) => !fields.some((field) => field.name === name)) && (
        <p class="error" role="alert">
          {strings.failed}
        </p>
      )}
      <button type="submit" class="primary" aria-disabled={isSending.value}>
        {submit}
      </button>
    </form>
  )
}
