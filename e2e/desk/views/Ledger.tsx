import { h } from 'preact'
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Entry } from '../../backend/index.ts'
import type { Control } from '../control.ts'
import { clockTime } from '../time.ts'
import { Address } from './Breakable.tsx'

const kept = 400

/** Permissions, files and what the desk itself asks would drown the visitor's calls. */
const isBeside = ({ path, method }: Entry) =>
  method === 'OPTIONS' || /^\/cdn\/|livechat\/(visitors\.|rooms$)/.test(path)

/** The page that was reported. */
const reported = ({ body }: Entry): string | undefined =>
  (body as { pageInfo?: { location?: { href?: string } } } | undefined)?.pageInfo?.location?.href

export const createLedger = (control: Control) => {
  const entries = signal<Entry[]>([])
  const add = (more: Entry[]) => {
    const byNumber = new Map([...entries.value, ...more].map((entry) => [entry.n, entry]))
    entries.value = [...byNumber.values()].sort((a, b) => b.n - a.n).slice(0, kept)
  }
  control.on('call', (entry) => add([entry as Entry]))
  control.on('reset', () => (entries.value = []))
  control.onOpen(
    () =>
      void control.get<{ entries: Entry[] }>('ledger').then(
        ({ entries: all }) => add(all.slice(-kept)),
        () => {},
      ),
  )
  return entries
}

const pretty = (value: unknown) => JSON.stringify(value, undefined, 2)

const stateOf = ({ status, answered }: Entry) =>
  status === null ? 'cut' : answered ? String(status) : `${status}, answer lost`

const Call = ({ entry }: { entry: Entry & { answer?: unknown } }) => {
  const page = reported(entry)
  return (
    <li>
      <details>
        <summary>
          <span class={`status s${String(entry.status ?? 0)[0]}`}>{stateOf(entry)}</span>
          <span class="method">{entry.method}</span>
          <span class="path">
            <Address text={entry.path.replace(/^\/api\/v1\/(livechat\/)?/, '')} />
          </span>
          <time>{clockTime(entry.at)}</time>
          {page && (
            <span class="hint reported">
              <Address text={page} />
            </span>
          )}
        </summary>
        {Object.keys(entry.query ?? {}).length > 0 && <pre>{pretty(entry.query)}</pre>}
        {entry.body !== undefined && <pre>{pretty(entry.body)}</pre>}
        {entry.answer !== undefined && <pre class="answer">{pretty(entry.answer)}</pre>}
      </details>
    </li>
  )
}

/** What the server has received, the newest on top. */
export const Ledger = ({ entries }: { entries: { value: Entry[] } }) => {
  const [everything, setEverything] = useState(false)
  const [only, setOnly] = useState('')
  const shown = entries.value.filter((entry) => (everything || !isBeside(entry)) && entry.path.includes(only))
  return (
    <section class="ledger">
      <div class="row">
        <input
          type="search"
          placeholder="Only paths with…"
          aria-label="Only paths with"
          value={only}
          onInput={({ currentTarget }) => setOnly(currentTarget.value)}
        />
        <label class="check">
          <input
            type="checkbox"
            checked={everything}
            onChange={({ currentTarget }) => setEverything(currentTarget.checked)}
          />{' '}
          everything
        </label>
      </div>
      {shown.length ? (
        <ol class="calls">
          {shown.map((entry) => (
            <Call key={entry.n} entry={entry} />
          ))}
        </ol>
      ) : (
        <p class="empty">Nothing has arrived.</p>
      )}
    </section>
  )
}
