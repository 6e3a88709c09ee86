import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser } from 'playwright'
import { createServers, type Servers, type ServersOptions } from './servers.ts'
import { launch } from './stage.ts'
import type { Devtools } from './work.ts'

/** A page without a widget has drawn itself by then. */
const drawnMs = 500

interface Message {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

/**
 * A tab as visitors have it. Playwright's own is one that is debugged: for each request the browser writes down which line made it, and
 * reads that script once more to say so: a fifth of all there is in a small widget's. Here nothing is switched on but what is asked for.
 */
const openTab = async (browser: Browser, url: string): Promise<Devtools> => {
  const root = await browser.newBrowserCDPSession()
  const { targetId } = await root.send('Target.createTarget', { url, newWindow: true, width: 1280, height: 800 })
  const { sessionId } = await root.send('Target.attachToTarget', { targetId, flatten: false })
  const events = new EventEmitter()
  let count = 0
  root.on('Target.receivedMessageFromTarget', (received) => {
    const { id, method, params, result, error } = JSON.parse(received.message) as Message
    if (method) events.emit(method, params)
    else events.emit(`answer ${id}`, result, error)
  })
  const send = (method: string, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++count
      events.once(`answer ${id}`, (result, error?: Message['error']) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result),
      )
      root
        .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method, params }) })
        .catch(reject)
    })
  // An emitter has every overload of `on`; that it is one of the debugger's protocol only its user knows.
  return Object.assign(events, { send }) as unknown as Devtools
}

export interface Alone extends Servers {
  devtools: Devtools
  go(path: string): Promise<unknown>
}

/** A page of the site, its processor slowed, that nobody looks at; first one without a widget. */
export const onAlone = async <T>(
  { cpu, ...options }: ServersOptions & { cpu: number },
  play: (alone: Alone) => Promise<T>,
): Promise<T> => {
  const servers = await createServers(options)
  const browser = await chromium.launch(launch)
  try {
    const devtools = await openTab(browser, `${servers.site.origin}/bare`)
    await wait(drawnMs)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu })
    return await play({
      ...servers,
      devtools,
      go: (path) => devtools.send('Page.navigate', { url: servers.site.origin + path }),
    })
  } finally {
    await browser.close()
    await servers.stop()
  }
}
