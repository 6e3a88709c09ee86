import type { View } from '../view/view'
import { Fields, type Entry } from '../view/Fields'

export const Form = ({ view }: { view: View }) => {
  const { chat, t } = view
  const config = chat.config.value
  if (!config) return null
  const departments = config.departments.filter((department) => department.onRegistration)
  const entries: Entry[] = [
    config.form.name && { name: 'name', label: t.name, autocomplete: 'name', required: true },
    config.form.email && {
      name: 'email',
      label: t.email,
      type: 'email' as const,
      autocomplete: 'email',
      required: true,
    },
    departments.length > 1 && {
      name: 'department',
      label: t.department,
      type: 'select' as const,
      options: departments.map(({ id, name }) => ({ value: id, label: name })),
    },
    ...config.customFields.map(({ id, label, required, type, defaultValue, options }) => ({
      name: id,
      label,
      required,
      type: type === 'select' ? ('select' as const) : ('text' as const),
      value: defaultValue,
      options: options.map((value) => ({ value, label: value })),
    })),
  ].filter((entry) => !!entry)
  return (
    <div class="page">
      <h3>{t.formTitle}</h3>
      <p class="long">{config.form.message || t.formText}</p>
      <Fields view={view} entries={entries} submit={t.formStart} onSubmit={(values) => chat.submitForm(values)} />
    </div>
  )
}
