import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { demoAgent, secondAgent } from '../../backend/office/users.ts'
import type { ChatRoom } from '../../../src/agent.ts'
import type { Control } from '../control.ts'

const agents = [demoAgent, secondAgent]
const statuses = ['online', 'away', 'busy', 'offline']

interface Departments {
  settings: { departments: { _id: string; name: string }[] }
}

/** Take, transfer, close: through the control door. */
export const AgentActions = ({
  room,
  control,
  onProblem,
}: {
  room: ChatRoom
  control: Control
  onProblem(error: unknown): void
}) => {
  const [departments, setDepartments] = useState<{ id: string; name: string }[]>([])
  useEffect(() => {
    const read = (settings: unknown) =>
      setDepartments((settings as Departments['settings']).departments.map(({ _id, name }) => ({ id: _id, name })))
    control.get<Departments>('settings').then(({ settings }) => read(settings), onProblem)
    return control.on('settings', read)
  }, [control])
  const act = (action: Record<string, unknown>) =>
    void control.post('agent', { rid: room.id, ...action }).catch(onProblem)
  if (!room.open) return null
  return (
    <div class="actions">
      {!room.agent && (
        <button type="button" onClick={() => act({ does: 'take' })}>
          Take
        </button>
      )}
      <select
        aria-label="Transfer to"
        value=""
        onChange={({ currentTarget }) => {
          if (currentTarget.value) act({ does: 'transfer', to: currentTarget.value })
          currentTarget.value = ''
        }}
      >
        <option value="">Transfer…</option>
        {agents
          .filter(({ username }) => username !== room.agent?.username)
          .map(({ username, name }) => (
            <option key={username} value={username}>
              {name}
            </option>
          ))}
        {departments.map(({ id, name }) => (
          <option key={id} value={id}>
            {name} (department)
          </option>
        ))}
        <option value="queue">The queue</option>
      </select>
      <button type="button" class="quiet" onClick={() => act({ does: 'close', comment: 'Closed by the agent' })}>
        Close
      </button>
    </div>
  )
}

/** Who is there to answer. */
export const Statuses = ({ control, onProblem }: { control: Control; onProblem(error: unknown): void }) => {
  const [chosen, setChosen] = useState<Record<string, string>>({})
  return (
    <div class="statuses">
      {agents.map(({ username, name }) => (
        <label key={username}>
          {name}
          <select
            value={chosen[username] ?? 'online'}
            onChange={({ currentTarget: { value } }) => {
              setChosen({ ...chosen, [username]: value })
              control.post('agent', { does: 'status', username, status: value }).catch(onProblem)
            }}
          >
            {statuses.map((status) => (
              <option key={status}>{status}</option>
            ))}
          </select>
        </label>
      ))}
    </div>
  )
}
