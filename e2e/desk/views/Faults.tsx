import { h } from 'preact'
import { signal, type ReadonlySignal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Fault } from '../../backend/index.ts'
import type { Control } from '../control.ts'

export interface Faults {
  faults: ReadonlySignal<Fault[]>
  put(next: Fault[]): void
}

export const createFaults = (control: Control, onProblem: (error: unknown) => void): Faults => {
  const faults = signal<Fault[]>([])
  const put = (next: Fault[]) =>
    void control.put<{ faults: Fault[] }>('faults', next).then((answer) => (faults.value = answer.faults), onProblem)
  control.on('faults', (next) => (faults.value = next as Fault[]))
  control.on('reset', () => (faults.value = []))
  control.onOpen(
    () => void control.get<{ faults: Fault[] }>('faults').then((answer) => (faults.value = answer.faults), onProblem),
  )
  return { faults, put }
}

const visits = 'page.visited'
const common: [name: string, fault: Fault][] = [
  ['Answers get lost', { match: visits, drop: 'after', times: 3 }],
  ['Calls get lost', { drop: 'before', times: 3 }],
  ['Slow', { latencyMs: 2000 }],
  ['503', { status: 503, times: 5 }],
  ['A hotel’s login page', { html: true }],
  ['CORS off', { cors: 'off' }],
  ['Answer blocked by CORS', { cors: 'executed-unreadable' }],
  ['3 calls per 20 s', { limit: { calls: 3, windowMs: 20_000 } }],
  ['No CORS on chunks', { cdn: 'no-cors' }],
  ['No websocket', { socket: 'refuse' }],
  ['Websocket cut', { socket: 'drop' }],
  ['Websocket silent', { socket: 'silent' }],
]

const usualMatches = [
  '',
  'page.visited',
  'POST /api/v1/livechat/visitor',
  'livechat/config',
  'livechat/room',
  'livechat/message',
  'messages.history',
  'livechat/upload',
  'OPTIONS',
]

const said = ({ times, ...fault }: Fault): string =>
  [
    ...Object.entries(fault).map(([key, value]) =>
      value === true ? key : `${key} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    ),
    ...(times === undefined ? [] : [times === 1 ? 'once more' : `${times} times more`]),
  ].join(', ')

const number = (value: FormDataEntryValue | null) => (value ? Number(value) : undefined)
const choice = (value: FormDataEntryValue | null) => (value ? String(value) : undefined)

const read = (form: FormData): Fault => {
  const calls = number(form.get('calls'))
  const origins = String(form.get('origins') ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
  const fault: Fault = {
    match: choice(form.get('match')),
    times: number(form.get('times')),
    latencyMs: number(form.get('latencyMs')),
    status: number(form.get('status')),
    html: form.get('html') ? true : undefined,
    drop: choice(form.get('drop')) as Fault['drop'],
    cors: origins.length ? origins : (choice(form.get('cors')) as Fault['cors']),
    cdn: choice(form.get('cdn')) as Fault['cdn'],
    socket: choice(form.get('socket')) as Fault['socket'],
    limit: calls === undefined ? undefined : { calls, windowMs: number(form.get('windowMs')) ?? 60_000 },
  }
  return Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== undefined))
}

const Choice = ({ name, label, of }: { name: string; label: string; of: string[] }) => (
  <label>
    {label}
    <select name={name}>
      <option value="">–</option>
      {of.map((value) => (
        <option key={value}>{value}</option>
      ))}
    </select>
  </label>
)

const Amount = ({ name, label, placeholder }: { name: string; label: string; placeholder?: string }) => (
  <label>
    {label}
    <input name={name} type="number" min="0" placeholder={placeholder} />
  </label>
)

/** Everything that can go wrong, alone or together. */
export const FaultsForm = ({ of: { faults, put } }: { of: Faults }) => {
  const [own, setOwn] = useState(false)
  const active = faults.value
  return (
    <section class="faults">
      <label class="plug">
        <input
          type="checkbox"
          role="switch"
          checked={!active.some(({ plug }) => plug)}
          onChange={({ currentTarget }) =>
            put([...active.filter(({ plug }) => !plug), ...(currentTarget.checked ? [] : [{ plug: true }])])
          }
        />
        The server is plugged in
      </label>
      {active.length > 0 && (
        <ul class="active">
          {active.map((fault, index) => (
            <li key={index}>
              {said(fault)}
              <button
                type="button"
                class="quiet"
                aria-label={`Remove: ${said(fault)}`}
                onClick={() => put(active.filter((one) => one !== fault))}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="buttons">
        {common.map(([name, fault]) => (
          <button key={name} type="button" class="quiet" onClick={() => put([...active, fault])}>
            {name}
          </button>
        ))}
      </div>
      <details open={own} onToggle={({ currentTarget }) => setOwn(currentTarget.open)}>
        <summary>Custom fault</summary>
        <form
          class="grid"
          onSubmit={(event) => {
            event.preventDefault()
            put([...active, read(new FormData(event.currentTarget))])
          }}
        >
          <label class="wide">
            Calls it meets (part of “METHOD path”, or /a pattern/; empty: all)
            <input name="match" list="fault-usualMatches" />
            <datalist id="fault-usualMatches">
              {usualMatches.map((match) => (
                <option key={match} value={match} />
              ))}
            </datalist>
          </label>
          <Amount name="times" label="How many times" placeholder="always" />
          <Amount name="latencyMs" label="Wait (ms)" />
          <Amount name="status" label="Status" placeholder="503" />
          <label class="check">
            <input name="html" type="checkbox" /> a web page instead of JSON
          </label>
          <Choice name="drop" label="Cut the connection" of={['before', 'after']} />
          <Choice name="cors" label="CORS" of={['*', 'off', 'executed-unreadable']} />
          <label>
            CORS for these origins only
            <input name="origins" placeholder="https://shop.example" />
          </label>
          <Amount name="calls" label="Limit: calls" />
          <Amount name="windowMs" label="Limit: per (ms)" placeholder="60000" />
          <Choice name="cdn" label="Chunks" of={['no-cors']} />
          <Choice name="socket" label="Websocket" of={['refuse', 'drop', 'silent']} />
          <button class="wide">Break it</button>
        </form>
      </details>
    </section>
  )
}
