import { createFaults } from './control/faults.ts'
import { createFeed } from './control/feed.ts'
import { createLedger } from './control/ledger.ts'
import { createLimiter } from './http/limiter.ts'
import { defaultSettings } from './office/store/settings.ts'
import { readSavedSettings, saveSettings } from './office/store/saved-settings.ts'
import { createStore } from './office/store/store.ts'
import { createStreams } from './office/streams.ts'

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
