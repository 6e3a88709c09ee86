import { useSignal } from '@preact/signals'
import { icon } from '../view/icons'
import type { View } from '../view/view'
import { Fields, type Entry } from '../view/Fields'

const DoneIcon = icon('m5 12.5 4.5 4.5L19 7.5')

export const Offline = ({ view }: { view: View }) => {
  const { chat, t } = view
  const sent = useSignal(false)
  const config = chat.config.value
  if (!config) return null
  if (sent.value)
    return (
      <div class="plain" role="status">
        <span class="done">
          <DoneIcon />
        </span>
        <p>{config.offline.successMessage || t.offlineThanks}</p>
        <button type="button" class="quiet" onClick={() => (sent.value = false)}>
          {t.offlineAgain}
        </button>
      </div>
    )
  const departments = config.departments.filter((department) => department.onOfflineForm)
  const entries: Entry[] = [
    { name: 'name', label: t.name, autocomplete: 'name', required: true },
    { name: 'email', label: t.email, type: 'email', autocomplete: 'email', required: true },
    ...(departments.length > 0
      ? [
          {
            name: 'department',
            label: t.department,
            type: 'select' as const,
            options: departments.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
    { name: 'message', label: t.message, type: 'area', required: true },
  ]
  return (
    <div class="page">
      <p class="long">{config.offline.message || t.offlineText}</p>
      <Fields
        view={view}
        entries={entries}
        submit={t.offlineSend}
        onSubmit={async ({ name = '', email = '', message = '', department }) => {
          const refusals = await chat.leaveMessage({ name, email, message, department: department || undefined })
          sent.value = !Object.keys(refusals).length
          return refusals
        }}
      />
    </div>
  )
}
