/** The script tag: reads its tag and the stub's queue, starts tracking, and fetches the launcher when the page has a quiet moment. */
import { face, trouble } from 'tagalong:parts'
import { createApi } from './core/api'
import { createTracking } from './core/index'
import { readDataset, readServer, type Options, type Tagalong } from './options'

declare const __VERSION__: string

type Said = Partial<Options> | ((api: Tagalong) => void)
interface Global {
  (said?: Said): void
  /** The stub: what was said before the script had come, and the note it would leave. */
  q?: Said[]
  u?: () => void
  version?: string
}
type Host = { Tagalong?: Global }

const host = globalThis as unknown as Host

/** Read at once: later there is no current script, and chunks are looked for beside this file. */
const tag = (document.currentScript as HTMLScriptElement | null) ?? document.querySelector<HTMLScriptElement>('script[data-server]')

const run = () => {
  const stub = host.Tagalong
  if (stub?.version) return console.warn('[Tagalong] Include it once.')
  const options = readDataset(tag?.dataset ?? {}) as unknown as Options
  const waiting: ((api: Tagalong) => void)[] = []
  let api: Tagalong | undefined
  let heard = false

  const begin = () => {
    const server = !api && heard && readServer(options.server, document.baseURI)
    if (!server) return
    const base = new URL(options.assets ?? (tag?.src || '.'), document.baseURI).href
    const tracking = createTracking({
      options,
      server,
      version: __VERSION__,
      fetchTrouble: () => trouble(base),
    })
    api = createApi(tracking, async () => (await face(base)).createFace(tracking, Object.keys(tag?.dataset ?? {})), base, (code, says) => Object.assign(Error(says), { name: 'TagalongError', code }))
    tracking.on('destroy', () => {
      if (host.Tagalong !== ours) return
      delete host.Tagalong
      if (stub) host.Tagalong = Object.assign(stub, { q: [] })
    })
    tracking.start()
    waiting.forEach(ours)
  }
  /** Before the start options are laid over the tag's, and functions wait; after it both are taken at once. */
  const ours: Global = (said) => {
    if (typeof said !== 'function') {
      if (api) api.update(said ?? {})
      else Object.assign(options, said)
    } else if (api)
      try {
        said(api)
      } catch (error) {
        console.error(error)
      }
    else waiting.push(said)
    begin()
  }
  ours.version = __VERSION__
  host.Tagalong = ours
  removeEventListener('pagehide', stub?.u as () => void)
  stub?.q?.forEach(ours)
  heard = true
  begin()
  const late = () => {
    begin()
    if (!api) console.error(`[Tagalong] No server in "${options.server ?? ''}": set data-server="https://chat.example.com".`)
  }
  if (document.readyState === 'complete') late()
  else addEventListener('load', late, { once: true })
}

try {
  run()
} catch (error) {
  console.error('[Tagalong]', error)
}
