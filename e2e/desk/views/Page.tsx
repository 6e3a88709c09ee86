import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Check, Events, Tagalong } from '../../../src/index.ts'
import { shop, type ShopWindow } from '../addresses.ts'
import { readStored, waiting, type StoredGroup } from '../stored.ts'
import { navigations } from '../navigations.ts'
import { clockTime } from '../time.ts'
import { Address } from './Breakable.tsx'

const lookEveryMs = 1500

const diagnose = (window: ShopWindow): Promise<Check[]> =>
  new Promise((resolve, reject) => {
    if (window.Tagalong) window.Tagalong((api) => void api.diagnose().then(resolve, reject))
    else reject(new Error('The page has no Tagalong.'))
  })

/** The same as a text, put where the next paste takes it from. */
const copyForSupport = (window: ShopWindow): Promise<void> =>
  new Promise((resolve, reject) => {
    const copy = async (api: Tagalong) => navigator.clipboard.writeText(await api.diagnose({ text: true }))
    if (window.Tagalong) window.Tagalong((api) => void copy(api).then(resolve, reject))
    else reject(new Error('The page has no Tagalong.'))
  })

const Checks = ({ atOnce }: { atOnce: boolean }) => {
  const [checks, setChecks] = useState<Check[] | undefined>(undefined)
  const [says, setSays] = useState('')
  const run = async () => {
    const window = shop()
    if (!window) return
    setSays('Looking…')
    try {
      setChecks(await diagnose(window))
      setSays('')
    } catch (error) {
      setSays((error as Error).message)
    }
  }
  const copy = async () => {
    const window = shop()
    if (!window) return
    setSays('Looking…')
    await copyForSupport(window).then(
      () => setSays('Copied. No token, page or name is in it.'),
      (error: Error) => setSays(error.message),
    )
  }
  useEffect(() => {
    if (atOnce) void run()
  }, [atOnce])
  return (
    <section>
      <h3>Does the widget work on this page?</h3>
      <button type="button" onClick={() => void run()}>
        Diagnose
      </button>
      <button type="button" class="quiet" onClick={() => void copy()}>
        Copy for support
      </button>
      <p role="status" class="hint">
        {says}
      </p>
      {checks && (
        <ul class="checks">
          {checks.map(({ name, ok, says: why }) => (
            <li key={name} class={ok ? 'good' : 'bad'}>
              <b>{name}</b>
              <span>{why}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Shelves = () => {
  const [stored, setStored] = useState<StoredGroup[]>([])
  const [says, setSays] = useState('')
  useEffect(() => {
    let gone = false
    const read = async () => {
      const window = shop()
      if (!window) return
      try {
        const found = await readStored(window)
        if (!gone) setStored(found)
        setSays('')
      } catch (error) {
        setSays((error as Error).message)
      }
    }
    void read()
    const timer = setInterval(() => void read(), lookEveryMs)
    return () => {
      gone = true
      clearInterval(timer)
    }
  }, [])
  return (
    <section>
      <h3>
        Kept in this browser <span class="count">{waiting(stored)} waiting to leave</span>
      </h3>
      {says && <p class="problem">{says}</p>}
      {!stored.length && <p class="empty">Nothing is kept.</p>}
      {stored.map(({ name, entries }) => (
        <details key={name} class="stored" open={name.startsWith('IndexedDB')}>
          <summary>
            <Address text={name} /> <span class="hint">{entries.length}</span>
          </summary>
          <dl>
            {entries.map(([key, value]) => (
              <div key={key}>
                <dt>
                  <Address text={key} />
                </dt>
                <dd>{typeof value === 'string' ? value : JSON.stringify(value, undefined, 1)}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </section>
  )
}

/** All of them: the compiler asks for each. */
const events: Record<keyof Events, true> = {
  ready: true,
  visit: true,
  delivered: true,
  drop: true,
  registered: true,
  greeting: true,
  identity: true,
  error: true,
  open: true,
  close: true,
  show: true,
  hide: true,
  message: true,
  unread: true,
  connection: true,
  'chat-start': true,
  'chat-end': true,
  agent: true,
  queue: true,
  form: true,
  'offline-message': true,
  online: true,
  unavailable: true,
  available: true,
  destroy: true,
}
const eventNames = Object.keys(events)

const Heard = () => {
  const [heard, setHeard] = useState<string[]>([])
  useEffect(() => {
    const stop = new AbortController()
    let known: Document | undefined
    const hear = (event: Event) =>
      setHeard((old) =>
        [
          `${clockTime(Date.now())}  ${event.type.slice(9)}  ${JSON.stringify((event as CustomEvent).detail ?? {})}`,
          ...old,
        ].slice(0, 60),
      )
    /** In a window of its own the desk outlives the shop's documents. */
    const attach = () => {
      const document = shop()?.document
      if (!document || document === known) return
      known = document
      eventNames.forEach((name) => document.addEventListener(`tagalong:${name}`, hear, { signal: stop.signal }))
    }
    attach()
    const timer = setInterval(attach, 500)
    return () => {
      clearInterval(timer)
      stop.abort()
    }
  }, [])
  return (
    <section>
      <h3>Events of the widget</h3>
      {heard.length ? (
        <pre class="heard">{heard.join('\n')}</pre>
      ) : (
        <p class="empty">None since the desk was opened.</p>
      )}
    </section>
  )
}

/** The shop's page as a visitor's browser has it: ways through it, what is kept, what is heard. */
export const Page = ({ real }: { real: boolean }) => {
  const [says, setSays] = useState('')
  const navigate = (run: (window: ShopWindow) => unknown) => {
    const window = shop()
    if (window) run(window)
    else setSays('The shop’s window is gone. Open the desk from the shop.')
  }
  const forget = (window: ShopWindow) => {
    setSays('Forgetting…')
    window.Tagalong?.(
      (api) =>
        void api.forget().then(
          () => setSays('Forgotten, here and at the server.'),
          (error: Error) => setSays(error.message),
        ),
    )
  }
  return (
    <div class="page-side">
      <section>
        <h3>Go somewhere</h3>
        <div class="buttons">
          {navigations.map(([name, title, run]) => (
            <button key={name} type="button" class="quiet" title={title} onClick={() => navigate(run)}>
              {name}
            </button>
          ))}
          <button type="button" class="quiet danger" onClick={() => navigate(forget)}>
            Forget this browser’s visitor
          </button>
        </div>
        <p role="status" class="hint">
          {says}
        </p>
      </section>
      <Checks atOnce={real} />
      <Shelves />
      <Heard />
    </div>
  )
}
