/** The script tag: reads its tag and the stub's queue, starts tracking, and fetches the launcher when the page has a quiet moment. */
import { fetchLauncher, fetchRecovery } from 'tagalong:parts'
import { createHostApi } from './tracking/hostApi'
import { baseAddress, ofDocument, ofWindow } from './browser/document'
import { createTracking, type TrackingSetup } from './tracking'
import { readDataset, readServer, type Options, type Tagalong } from './options'

declare const __VERSION__: string

/** What a page says by `Tagalong(…)`: options, or a function that is called with the object for the host. */
type Statement = Partial<Options> | ((api: Tagalong) => void)
interface TagalongGlobal extends Pick<TrackingSetup, 'firstVisitor'> {
  (...statements: Statement[]): void
  /** Of the stub (src/snippet.ts): what was said before this script had come. */
  q?: Statement[]
  /** Of the stub: its listener, which would leave a note when the page goes. */
  u?: () => void
  version?: string
}

// A window has no such property by itself, which is why its type has none.
const host = globalThis as unknown as { Tagalong?: TagalongGlobal | undefined }

/** Read at once: later there is no current script, and chunks are looked for beside this file. */
const current = ofDocument('currentScript')
const tag =
  current instanceof HTMLScriptElement
    ? current
    : ofDocument('querySelector').call<Document, [string], HTMLScriptElement | null>(document, 'script[data-server]')

const run = () => {
  const stub = ofWindow<TagalongGlobal>('Tagalong')
  // The first script refuses this as an option that nobody may set, with its sentence.
  if (stub?.version) return stub({ isSecondScript: true } as object)
  const options: Partial<Options> = readDataset(tag?.dataset ?? {})
  let waiting: Statement[] = []
  let api: Tagalong | undefined

  const begin = () => {
    if (!api) {
      waiting = waiting.filter((statement) => typeof statement === 'function' || void Object.assign(options, statement))
      const server = readServer(options.server, baseAddress())
      if (!server) return
      const chunksUrl = new URL(options.assets || tag?.src || '.', baseAddress())
      const tracking = createTracking({
        options: options as Options,
        server,
        version: __VERSION__,
        fetchRecovery: () => fetchRecovery(chunksUrl),
        firstVisitor: stub?.firstVisitor,
      })
      api = createHostApi(
        tracking,
        async () => {
          const { createLauncher } = await fetchLauncher(chunksUrl)
          return () => createLauncher(tracking, tag?.dataset)
        },
        (code, says) => Object.assign(Error(says), { name: 'TagalongError', code }),
      )
      tracking.on('destroy', () => {
        if (host.Tagalong !== ours) return
        if (stub) host.Tagalong = stub
        else delete host.Tagalong
      })
      tracking.start()
    }
    for (const statement of waiting.splice(0))
      try {
        if (typeof statement === 'function') statement(api)
        else api.update(statement)
      } catch (error) {
        console.error(error)
      }
  }
  /** Before tracking has started, options are laid over the tag's, and functions wait; from then on both are taken at once. */
  const ours: TagalongGlobal = (...statements) => {
    waiting.push(...statements)
    begin()
  }
  ours.version = __VERSION__
  host.Tagalong = ours
  // Without a stub this removes nothing.
  removeEventListener('pagehide', stub?.u as () => void)
  ours(...(stub?.q?.splice(0) ?? []))
  const complainOfServer = () =>
    api || console.error(`[Tagalong] No server in "${options.server ?? ''}": set data-server="https://…".`)
  if (ofDocument('readyState') === 'complete') complainOfServer()
  else addEventListener('load', complainOfServer)
}

try {
  run()
} catch (error) {
  console.error('[Tagalong]', error)
}
