import { createFaults, type Faults } from './control/faults.ts'
import { createFeed, type Feed } from './control/feed.ts'
import { createLedger, type Ledger } from './control/ledger.ts'
import { createLimiter, type Limiter } from './http/limiter.ts'
import type { Office } from './office/contracts.ts'
import { readSavedSettings, saveSettings } from './office/store/saved-settings.ts'
import { defaultSettings } from './office/store/settings.ts'
import { createStore } from './office/store/store.ts'
import { createStreams } from './office/streams.ts'

/** One server's whole state. Routes and agents need no more of it than the office. */
export interface ServerState extends Office {
  feed: Feed
  ledger: Ledger
  limiter: Limiter
  faults: Faults
  /** What must be on disk before an answer leaves. */
  save(): void
  saveSettings(): void
  reset(): void
}

export function createServerState(dataFolder: string | undefined): ServerState {
  const feed = createFeed()
  const state: ServerState = {
    feed,
    store: createStore(dataFolder, (what, item) => feed.tell(what, item)),
    ledger: createLedger(dataFolder, (entry) => feed.tell('call', entry)),
    limiter: createLimiter(),
    streams: createStreams(),
    origin: '',
    faults: createFaults(),
    settings: readSavedSettings(dataFolder),
    save: () => state.store.save(),
    saveSettings: () => saveSettings(dataFolder, state.settings),
    reset() {
      state.store.clear()
      state.ledger.clear()
      state.limiter.reset()
      state.faults.replace([])
      state.settings = defaultSettings()
      state.saveSettings()
      state.save()
      feed.tell('reset', {})
    },
  }
  return state
}
