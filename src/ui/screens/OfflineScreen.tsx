import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { icon } from '../view/icons'
import type { View } from '../view/view'
import { Form, type FormField } from './Form'

const DoneIcon = icon('m5 12.5 4.5 4.5L19 7.5')

export const OfflineScreen = ({ view }: { view: View }) => {
  const { chat, strings } = view
  const isSent = useSignal(false)
  const config = chat.config.value
  if (!config) return null
  if (isSent.value)
    return (
      <div class="status-screen" role="status">
        <span class="done-icon">
          <DoneIcon />
        </span>
        <p>{config.offline.successMessage || strings.offlineThanks}</p>
        <button type="button" class="secondary" onClick={() => (isSent.value = false)}>
          {strings.offlineAgain}
        </button>
      </div>
    )
  const departments = config.departments.filter((department) => department.onOfflineForm)
  const fields: FormField[] = [
    { name: 'name', label: strings.name, autocomplete: 'name', required: true },
    { name: 'email', label: strings.email, type: 'email', autocomplete: 'email', required: true },
    ...(departments.length > 0
      ? [
          {
            name: 'department',
            label: strings.department,
            type: 'select' as const,
            options: departments.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
    { name: 'message', label: strings.message, type: 'area', required: true },
  ]
  return (
    <div class="screen">
      <p class="text">{config.offline.message || strings.offlineText}</p>
      <Form
        view={view}
        fields={fields}
        submit={strings.offlineSend}
        onSubmit={async ({ name = '', email = '', message = '', department }) => {
          const refusals = await chat.leaveMessage({ name, email, message, department: department || undefined })
          isSent.value = !Object.keys(refusals).length
          return refusals
        }}
      />
    </div>
  )
}
