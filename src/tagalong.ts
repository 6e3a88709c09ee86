/** The script tag: reads its tag and the stub's queue, starts tracking, and fetches the launcher when the page has a quiet moment. */
import { fetchLauncher, fetchRecovery } from 'tagalong:parts'
import { createHostApi } from './tracking/hostApi'
import { ofDocument, ofWindow } from './browser/document'
import { createTracking } from './tracking'
import { readDataset, readServer, type Options, type Tagalong } from './options'

declare const __VERSION__: string

type Said = Partial<Options> | ((api: Tagalong) => void)
interface Global {
  (...said: Said[]): void
  /** The stub: what was said before the script had come, and the note it would leave. */
  q?: Said[]
  u?: () => void
  version?: string
}
type Host = { Tagalong?: Global | undefined }

const host = globalThis as unknown as Host

/** Read at once: later there is no current script, and chunks are looked for beside this file. */
const current = ofDocument('currentScript')
const tag =
  current instanceof HTMLScriptElement
    ? current
    : ofDocument('querySelector').call<Document, [string], HTMLScriptElement | null>(document, 'script[data-server]')

const run = () => {
  const stub = ofWindow<Global>('Tagalong')
  if (stub?.version) return console.warn('[Tagalong] Include it once.')
  const options = readDataset(tag?.dataset ?? {}) as unknown as Options
  let waiting: Said[] = []
  let api: Tagalong | undefined

  const begin = () => {
    if (!api) {
      waiting = waiting.filter((said) => typeof said === 'function' || void Object.assign(options, said))
      const server = readServer(options.server, ofDocument('baseURI'))
      if (!server) return
      const base = new URL(options.assets || tag?.src || '.', ofDocument('baseURI')).href
      const tracking = createTracking({
        options,
        server,
        version: __VERSION__,
        fetchRecovery: () => fetchRecovery(base),
      })
      api = createHostApi(
        tracking,
        async () => {
          const { createLauncher } = await fetchLauncher(base)
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
    for (const said of waiting.splice(0))
      try {
        if (typeof said === 'function') said(api)
        else api.update(said)
      } catch (error) {
        console.error(error)
      }
  }
  /** Before the start options are laid over the tag's, and functions wait; after it both are taken at once. */
  const ours: Global = (...said) => {
    waiting.push(...said)
    begin()
  }
  ours.version = __VERSION__
  host.Tagalong = ours
  removeEventListener('pagehide', stub?.u as () => void)
  ours(...(stub?.q?.splice(0) ?? []))
  const late = () =>
    api || console.error(`[Tagalong] No server in "${options.server ?? ''}": set data-server="https://…".`)
  if (ofDocument('readyState') === 'complete') late()
  else addEventListener('load', late)
}

try {
  run()
} catch (error) {
  console.error('[Tagalong]', error)
}
