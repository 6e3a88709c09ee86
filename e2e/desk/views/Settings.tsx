import { h } from 'preact'
import { signal, type ReadonlySignal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Settings } from '../../backend/index.ts'
import { shop } from '../addresses.ts'
import type { Control } from '../control.ts'
import { askSettingsAgain } from '../stored.ts'
import { SettingName } from './Breakable.tsx'

export interface ServerSettings {
  settings: ReadonlySignal<Settings | undefined>
  put(change: Record<string, unknown>): void
}

export const createSettings = (control: Control, onProblem: (error: unknown) => void): ServerSettings => {
  const settings = signal<Settings | undefined>(undefined)
  const put = (change: Record<string, unknown>) =>
    void control
      .put<{ settings: Settings }>('settings', change)
      .then((answer) => (settings.value = answer.settings), onProblem)
  const load = () =>
    void control.get<{ settings: Settings }>('settings').then((answer) => (settings.value = answer.settings), onProblem)
  control.on('settings', (next) => (settings.value = next as Settings))
  control.on('reset', load)
  control.onOpen(load)
  return { settings, put }
}

const choices: Record<string, string[]> = {
  dialect: ['current', 'v0', 'v6', 'v7', 'v8', 'v9'],
  cdn: ['open', 'no-cors'],
  routing: ['manual', 'auto'],
  cors: ['*', 'off', 'executed-unreadable'],
  'settings.historyMonitorType': ['url', 'title'],
  'theme.position': ['right', 'left'],
}

/** Groups whose members are settings of their own; other objects are edited whole. */
const groups = new Set(['settings', 'theme', 'messages', 'survey', 'resources', 'upload'])

const flat = (settings: Settings): [path: string, value: unknown][] =>
  Object.entries(settings).flatMap(([key, value]): [string, unknown][] =>
    groups.has(key) && typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, item]) => [`${key}.${inner}`, item])
      : [[key, value]],
  )

const Json = ({ value, onPut }: { value: unknown; onPut(value: unknown): void }) => {
  const [text, setText] = useState<string | undefined>(undefined)
  const [wrong, setWrong] = useState(false)
  const shown = text ?? JSON.stringify(value, undefined, 1) ?? ''
  return (
    <textarea
      rows={Math.min(8, shown.split('\n').length)}
      spellcheck={false}
      value={shown}
      aria-invalid={wrong}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={() => {
        if (text === undefined) return
        try {
          onPut(JSON.parse(text))
          setText(undefined)
          setWrong(false)
        } catch {
          setWrong(true)
        }
      }}
    />
  )
}

const Field = ({ path, value, onPut }: { path: string; value: unknown; onPut(value: unknown): void }) => {
  if (typeof value === 'boolean' && path !== 'settings.limitTextLength')
    return (
      <input
        type="checkbox"
        role="switch"
        checked={value}
        onChange={({ currentTarget }) => onPut(currentTarget.checked)}
      />
    )
  const among = choices[path]
  if (among && typeof value === 'string')
    return (
      <select value={value} onChange={({ currentTarget }) => onPut(currentTarget.value)}>
        {among.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    )
  if (typeof value === 'number')
    return <input type="number" value={value} onChange={({ currentTarget }) => onPut(Number(currentTarget.value))} />
  if (typeof value === 'string') {
    const change = ({ currentTarget }: { currentTarget: HTMLInputElement }) => onPut(currentTarget.value)
    return /color$/i.test(path) && value ? (
      <input type="color" value={value} onChange={change} />
    ) : (
      <input type="text" value={value} onChange={change} />
    )
  }
  return <Json value={value} onPut={onPut} />
}

/** Every setting the server has, by its own name. */
export const SettingsForm = ({ of: { settings, put } }: { of: ServerSettings }) => {
  const [only, setOnly] = useState('')
  if (!settings.value) return <p class="empty">Asking for the settings…</p>
  const wanted = only.toLowerCase()
  const shown = flat(settings.value).filter(([path]) => path.toLowerCase().includes(wanted))
  return (
    <section class="settings">
      <p class="hint">
        A widget keeps its copy of these for ten minutes.{' '}
        <button
          type="button"
          class="quiet"
          onClick={() => {
            const window = shop()
            if (window) void askSettingsAgain(window)
          }}
        >
          Ask again now
        </button>
      </p>
      <input
        type="search"
        placeholder="Find a setting"
        aria-label="Find a setting"
        value={only}
        onInput={({ currentTarget }) => setOnly(currentTarget.value)}
      />
      {shown.map(([path, value]) => (
        <label key={path} class={typeof value === 'object' && value !== null ? 'tall' : ''}>
          <code>
            <SettingName text={path} />
          </code>
          <Field path={path} value={value} onPut={(next) => put({ [path]: next })} />
        </label>
      ))}
    </section>
  )
}
