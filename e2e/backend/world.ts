import { createFaults } from './faults.ts'
import { createFeed } from './feed.ts'
import { createLedger } from './ledger.ts'
import { createLimiter } from './limiter.ts'
import { defaultSettings } from './settings.ts'
import { readSavedSettings, saveSettings } from './saved-settings.ts'
import { createStore } from './store.ts'
import { createStreams } from './streams.ts'

/** One server's whole state, handed to every route. */
export function createWorld(dataFolder: string | undefined) {
  const feed = createFeed()
  const world = {
    feed,
    store: createStore(dataFolder, (what, item) => feed.tell(what, item)),
    ledger: createLedger(dataFolder, (entry) => feed.tell('call', entry)),
    limiter: createLimiter(),
    streams: createStreams(),
    /** The address visitors know; set when the port is open. */
    origin: '',
    faults: createFaults(),
    settings: readSavedSettings(dataFolder),
    /** What must be on disk before an answer leaves. */
    save() {
      world.store.save()
    },
    saveSettings: () => saveSettings(dataFolder, world.settings),
    reset() {
      world.store.clear()
      world.ledger.clear()
      world.limiter.reset()
      world.faults.replace([])
      world.settings = defaultSettings()
      world.saveSettings()
      world.save()
      feed.tell('reset', {})
    },
  }
  return world
}

export type World = ReturnType<typeof createWorld>
