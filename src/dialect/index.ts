/**
 * The official widget's JavaScript API, translated for ours: `RocketChat(function () { this.… })`, `RocketChat.livechat`, the queue of its snippet.
 * It stands on the page before our own script runs, and speaks to that as any page may: by `Tagalong(…)`.
 */
import { baseAddress, ofWindow } from '../browser/document'
import type { TrackingSetup } from '../tracking'
import { createCallbacks, type OfficialCallbacks } from './callbacks'
import type { OfficialMethods, Say } from './contracts'
import { createMethods } from './methods'
import { createMovingIn } from './movingIn'
import { serverOf } from './serverOf'
import { createToldAgent } from './toldAgent'
import { warn } from './warn'

type OfficialApi = OfficialMethods & OfficialCallbacks

interface OfficialGlobal {
  (run: (this: OfficialApi) => void): void
  /** The snippet's queue. */
  _?: { push(run: (this: OfficialApi) => void): void } & Iterable<(this: OfficialApi) => void>
  url?: string
  livechat?: OfficialApi
}

type Listening = Say & { q?: Parameters<Say>[0][] } & Pick<TrackingSetup, 'firstVisitor'>

// A window has no such properties by itself, which is why its type has none.
const host = globalThis as unknown as { RocketChat?: OfficialGlobal; Tagalong?: Listening }

/** Whoever listens under our own name: the widget, or until then a stub as our own snippet has one. */
const listening = (): Listening => {
  if (!ofWindow('Tagalong')) {
    const waiting: Parameters<Say>[0][] = []
    host.Tagalong = Object.assign((said: Parameters<Say>[0]) => void waiting.push(said), { q: waiting })
  }
  // It is there now.
  return host.Tagalong as Listening
}
const say: Say = (statement) => listening()(statement)

/** Before anything else that was said: the visitor who is known already may be given up by it. */
const moveIn = (server: string): void => {
  const { firstVisitor, follow } = createMovingIn(server)
  const stub = listening()
  stub.firstVisitor = firstVisitor
  stub.q?.unshift(follow)
}

const takeOver = (): void => {
  const snippet = ofWindow<OfficialGlobal>('RocketChat')
  if (snippet?.livechat) return warn('the script is on this page already: include it once.')
  const ancestor = ofWindow<string[]>('initRocket')
  if (ancestor) warn('initRocket is the oldest way to name the server: use RocketChat.url, as in the snippet.')
  const url = snippet?.url ?? ancestor?.[0]
  const server = serverOf(url, baseAddress())
  if (server) {
    say({ server })
    moveIn(server)
  }

  const livechat: OfficialApi = {
    ...createMethods(say),
    ...createCallbacks(say, createToldAgent(server, baseAddress())),
  }
  const run = (given: (this: OfficialApi) => void): void => {
    try {
      given.call(livechat)
    } catch (error) {
      console.error(error)
    }
  }
  host.RocketChat = Object.assign(run, { livechat, url, _: Object.assign([], { push: run }) })
  for (const given of snippet?._ ?? []) run(given)
}

try {
  takeOver()
} catch (error) {
  console.error('[Tagalong]', error)
}
