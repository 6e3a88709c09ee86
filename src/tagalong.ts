/** The script tag: reads its tag and the stub's queue, starts the core, and fetches the launcher when the page has a quiet moment. */
import { launcher, person, words } from 'tagalong:parts'
import { createApi } from './core/api'
import { createCore } from './core/index'
import { readDataset, readOptions, readServer, TagalongError, type Options, type Tagalong } from './options'

declare const __VERSION__: string

type Said = Partial<Options> | ((api: Tagalong) => void)
interface Global {
  (said?: Said): void
  /** The stub: what was said before the script had come, and the note it would leave. */
  q?: Said[]
  u?: () => void
  version?: string
}
const host = globalThis as unknown as { Tagalong?: Global }

/** Read at once: later there is no current script, and chunks are looked for beside this file. */
const current = document.currentScript as HTMLScriptElement | null

/** In a frame of a page that has its own: one widget is enough. */
const framed = (): boolean => {
  try {
    const top = globalThis.top as unknown as { Tagalong?: Global; document: Document } | null
    return !!top && top !== (globalThis as unknown) && (!!top.Tagalong || !!top.document.querySelector('script[data-server]'))
  } catch {
    return false
  }
}

const run = () => {
  const before = host.Tagalong
  if (before?.version) {
    console.warn(`[Tagalong] This page already has version ${before.version}: version ${__VERSION__} does nothing. Include the script once.`)
    return
  }
  if (framed()) return
  const tag = current ?? document.querySelector<HTMLScriptElement>('script[data-server]')
  const queue = before?.q ?? []
  if (before?.u) removeEventListener('pagehide', before.u)
  let api: Tagalong | undefined
  let given: Record<string, unknown> = readDataset({ ...tag?.dataset })

  const say = (said: Said | undefined) => {
    if (typeof said === 'function') {
      try {
        said(api as Tagalong)
      } catch (error) {
        console.error(error)
      }
    } else if (said) api?.update(said)
  }

  const begin = (): boolean => {
    const server = readServer(given.server, document.baseURI)
    if (!server) return false
    const refusals: string[] = []
    const options = readOptions(given, (detail) => refusals.push(detail)) as Options
    const base = options.assets ? new URL(options.assets, document.baseURI).href : tag?.src || document.baseURI
    const core = createCore({ options, server, version: __VERSION__, words: () => words(base), person: () => person(base) })
    const door = createApi(core, {
      load: async () => (await launcher(base)).mount(core),
      failed: () => {
        const says = `The chat could not be loaded from ${new URL('chunks/', base).href}: its host must send Access-Control-Allow-Origin, and script-src must allow it. Visits are still reported.`
        core.say('ui-failed', says)
        return new TagalongError('ui-failed', says)
      },
      read: (change, old) => ({ ...old, ...readOptions(change, (detail) => core.report('bad-option', detail)), server: old.server, tracking: old.tracking, queue: old.queue }),
    })
    api = {
      ...door,
      destroy() {
        if (host.Tagalong !== ours) return door.destroy()
        door.destroy()
        if (!before) Reflect.deleteProperty(host, 'Tagalong')
        else {
          before.q = []
          host.Tagalong = before
        }
      },
    }
    refusals.forEach((detail) => core.report('bad-option', detail))
    core.start()
    queue.splice(0).forEach(say)
    return true
  }

  /** Before the start options are laid over the tag's, and functions wait; after it both are taken at once. */
  const ours: Global = (said) => {
    if (api) return say(said)
    if (said && typeof said !== 'function') {
      given = { ...given, ...said }
      begin()
    } else if (said) queue.push(said)
  }
  ours.version = __VERSION__
  host.Tagalong = ours
  for (const said of queue.splice(0)) {
    if (said && typeof said !== 'function') given = { ...given, ...said }
    else queue.push(said)
  }
  if (begin()) return
  const late = () => {
    if (!api && !begin()) console.error(`[Tagalong] No usable server${given.server ? ` in "${String(given.server)}"` : ''}: set data-server="https://chat.example.com" on the script tag.`)
  }
  if (document.readyState === 'complete') late()
  else addEventListener('load', late, { once: true })
}

try {
  run()
} catch (error) {
  console.error('[Tagalong]', error)
}
