import { h } from 'preact'
import type { View } from '../view/view'
import { Form, type FormField } from './Form'

export const PreChatScreen = ({ view }: { view: View }) => {
  const { chat, strings } = view
  const config = chat.config.value
  if (!config) return null
  const departments = config.departments.filter((department) => department.onRegistration)
  const fields: FormField[] = [
    config.form.name && { name: 'name', label: strings.name, autocomplete: 'name', required: true },
    config.form.email && {
      name: 'email',
      label: strings.email,
      type: 'email' as const,
      autocomplete: 'email',
      required: true,
    },
    departments.length > 1 && {
      name: 'department',
      label: strings.department,
      type: 'select' as const,
      options: departments.map(({ id, name }) => ({ value: id, label: name })),
    },
    ...config.customFields.map(({ name, label, required, type, defaultValue, options }) => ({
      name,
      label,
      required,
      type: type === 'select' ? ('select' as const) : ('text' as const),
      value: defaultValue,
      options: options.map((value) => ({ value, label: value })),
    })),
  ].filter((field) => !!field)
  return (
    <div class="screen">
      <h3>{strings.formTitle}</h3>
      <p class="text">{config.form.message || strings.formText}</p>
      <Form view={view} fields={fields} submit={strings.formStart} onSubmit={(values) => chat.submitForm(values)} />
    </div>
  )
}
