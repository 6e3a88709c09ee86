import { h } from 'preact'
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { Entry } from '../../backend/index.ts'
import type { Control } from '../control.ts'
import { createFaults, FaultsForm, type Faults } from './Faults.tsx'
import { createLedger, Ledger } from './Ledger.tsx'
import { remember, remembered } from '../time.ts'
import { createSettings, SettingsForm, type ServerSettings } from './Settings.tsx'
import { Tabs } from './Tabs.tsx'

const parts = { received: 'Received', faults: 'Faults', settings: 'Settings' } as const
type Part = keyof typeof parts

export interface ServerSide {
  control: Control
  problem: Signal<string | undefined>
  entries: ReadonlySignal<Entry[]>
  faults: Faults
  settings: ServerSettings
}

export const createServerSide = (control: Control): ServerSide => {
  const problem = signal<string | undefined>(undefined)
  const onProblem = (error: unknown) => (problem.value = (error as Error).message)
  return {
    control,
    problem,
    entries: createLedger(control),
    faults: createFaults(control, onProblem),
    settings: createSettings(control, onProblem),
  }
}

/** What the server has received, what shall go wrong, and what it is set to. */
export const Server = ({ side }: { side: ServerSide }) => {
  const [part, setPart] = useState<Part>((remembered('server-part') as Part | undefined) ?? 'received')
  const choose = (next: Part) => {
    remember('server-part', next)
    setPart(next)
  }
  const broken = side.faults.faults.value.length
  return (
    <div class="server">
      {side.problem.value && (
        <p class="problem" role="status">
          {side.problem.value}
          <button type="button" class="quiet" aria-label="Dismiss" onClick={() => (side.problem.value = undefined)}>
            ×
          </button>
        </p>
      )}
      <Tabs<Part>
        label="The server"
        names={{ ...parts, faults: broken ? `Faults (${broken})` : 'Faults' }}
        current={part}
        onChoose={choose}
        class="panes always"
      />
      {part === 'received' && <Ledger entries={side.entries} />}
      {part === 'faults' && <FaultsForm of={side.faults} />}
      {part === 'settings' && <SettingsForm of={side.settings} />}
      <button type="button" class="quiet danger" onClick={() => void side.control.post('reset', {})}>
        Delete everything on this server
      </button>
    </div>
  )
}
