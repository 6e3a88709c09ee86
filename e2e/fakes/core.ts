/** A core in Node for tests of the conversation: what the contract of the core promises, on a page, tabs, storage and clock moved by hand. */
import { createSend } from '../../src/browser/send'
import { createTransport } from '../../src/visitor/transport'
import type { Answer } from '../../src/wire/answer'
import type { CallOptions, Core } from '../../src/visitor/contracts'
import type { Clock, Lock, PageEvent, Tabs } from '../../src/browser/ports'
import type { VisitorState } from '../../src/tracking/contracts'
import { TagalongError, type EventName, type Events, type Guest, type Options, type Visitor } from '../../src/options'
import { isAnswer, refused, type Reply } from './answers'
import { createManualClock, createRealClock } from './clock'
import { createLanes } from './lanes'
import { createSettings } from './settings'
import { createStorage } from './storage'

export { limited, refused, silent } from './answers'
export { createManualClock, settled } from './clock'

/** One browser: what its tabs share. */
export const createBrowser = ({ server = 'https://chat.example.com', clock = createManualClock() as Clock, live = false } = {}) => {
  const values = new Map<string, unknown>()
  const buses = new Set<(from: unknown, topic: string, data: unknown) => void>()
  const queues = new Map<string, Promise<void>>()
  const replies: [RegExp, Reply][] = []
  const calls: { verb: string; options: CallOptions }[] = []

  const storage = createStorage(values)

  const lock = (name: string): Lock => ({
    hold(run) {
      const turn = (queues.get(name) ?? Promise.resolve()).then(run).catch(() => undefined)
      queues.set(name, turn)
      return turn
    },
  })

  const scripted = async (verb: string, options: CallOptions): Promise<Answer> => {
    calls.push({ verb, options: JSON.parse(JSON.stringify(options)) as CallOptions })
    const reply = [...replies].reverse().find(([pattern]) => pattern.test(verb))?.[1]
    const given = typeof reply === 'function' ? await reply(options) : reply
    if (!given) return refused('invalid-room')
    return isAnswer(given) ? given : { kind: 'ok', status: 200, body: { ...given, success: true } }
  }

  return {
    values,
    calls,
    /** How a call is answered from now on; the last word counts. `GET livechat/config` and the like. */
    reply(pattern: string | RegExp, reply: Reply) {
      replies.push([typeof pattern === 'string' ? new RegExp(`^${pattern.replace(/[.]/g, '\\.')}`) : pattern, reply])
    },
    count: (part: string) => calls.filter(({ verb }) => verb.includes(part)).length,
    bodies: (part: string) => calls.filter(({ verb }) => verb.includes(part)).map(({ options }) => options.body as Record<string, unknown>),

    tab(options: Options = { server }) {
      const own = live ? createRealClock() : { ...clock, stop: () => undefined }
      const listeners = new Set<(event: PageEvent) => void>()
      const emitted: { event: EventName; detail: unknown }[] = []
      const reports: string[] = []
      const badges: number[] = []
      const errors: unknown[] = []
      const heard = new Set<(topic: string, data: unknown) => void>()
      const optionListeners = new Set<(options: Options) => void>()
      const addresses = new Set<(href: string) => void>()
      let visible = true
      let address: string | undefined
      const me = {}
      const guard: Core['guard'] = (run) => (...args) => {
        try {
          const result: unknown = run(...args)
          if (result instanceof Promise) result.catch((error: unknown) => void errors.push(error))
        } catch (error) {
          errors.push(error)
        }
      }
      const bus = (from: unknown, topic: string, data: unknown) => {
        if (from !== me) heard.forEach((listener) => listener(topic, data))
      }
      buses.add(bus)
      const tabs: Tabs = {
        post: (topic, data) => {
          const copy: unknown = data === undefined ? undefined : structuredClone(data)
          setImmediate(() => buses.forEach((each) => each(me, topic, copy)))
        },
        observe(topic, listener) {
          const each = (said: string, data: unknown) => {
            if (said === topic) listener(data)
          }
          heard.add(each)
          return () => heard.delete(each)
        },
      }
      const page: Core['page'] = {
        visible: () => visible,
        online: () => true,
        parsed: () => true,
        observe(listener) {
          listeners.add(listener)
          return () => listeners.delete(listener)
        },
      }
      const transport = live ? createTransport({ server, send: createSend() }) : undefined
      const call: Core['call'] = (method, path, more = {}) => {
        if (!transport) return scripted(`${method} ${path}`, more)
        calls.push({ verb: `${method} ${path}`, options: more })
        return transport.call(method, path, more)
      }
      const lanes = createLanes({ clock: own, page, tabs, storage, values, lock })
      const { lane } = lanes
      const randomId = () => `${Math.random().toString(36).slice(2)}aaaaaaaaaaaaaaaaa`.slice(0, 17)
      const emit: Core['emit'] = (event, detail) => {
        emitted.push({ event, detail })
      }
      const watchers = new Set<(state: VisitorState) => void>()
      let known: VisitorState | undefined
      const change = async (how: (old: VisitorState) => VisitorState) => {
        const before = known
        known = (await storage.update<VisitorState>('visitor', (old) => how(old ?? { token: `token${randomId()}` }))) as VisitorState
        if (before && before.roomId !== known.roomId) {
          if (before.roomId) emit('chat-end', { roomId: before.roomId })
          if (known.roomId) emit('chat-start', { roomId: known.roomId })
        }
        watchers.forEach((listener) => listener(known!))
        return known
      }
      const changeAndTell = async (how: (old: VisitorState) => VisitorState) => {
        const state = await change(how)
        tabs.post('visitor')
        return state
      }
      tabs.observe('visitor', () => void change((old) => old))
      const state = async () => known ?? change((old) => old)
      const post = async (guest: Guest): Promise<Answer> => {
        const { token } = await state()
        const answer = await call('POST', 'livechat/visitor', { body: { visitor: { token, ...guest, customFields: Object.entries(guest.customFields ?? {}).map(([key, value]) => ({ key, value, overwrite: true })) } } })
        if (answer.kind !== 'ok') return answer
        const { _id, username, token: adopted } = answer.body.visitor as { _id: string; username: string; token: string }
        await changeAndTell((old) => ({ ...old, token: adopted, visitor: { visitorId: _id, username }, told: guest, became: adopted === token ? old.became : { ...old.became, [token]: adopted } }))
        return answer
      }
      const visitor: Core['visitor'] = {
        state,
        current: () => known,
        observe(listener) {
          watchers.add(listener)
          return () => watchers.delete(listener)
        },
        async register(guest) {
          const { visitor: registered, told } = await state()
          const wished = { ...told, ...guest }
          if (registered && JSON.stringify(wished) === JSON.stringify(told)) return registered
          const answer = await post(wished)
          if (answer.kind === 'ok') return known!.visitor as Visitor
          if (answer.kind === 'refused') throw new TagalongError('refused', answer.says, { serverCode: answer.code, says: answer.says })
          const again = () => own.after(3000, () => void post(wished).then((later) => later.kind === 'silent' && again()))
          if (answer.kind === 'silent') again()
          throw answer.kind === 'limited' ? new TagalongError('limited', answer.says, { retryAfterMs: answer.retryAfterMs }) : new TagalongError('unreachable', '')
        },
        async setRoom(roomId) {
          if ((await state()).roomId !== roomId) await changeAndTell((old) => ({ ...old, roomId }))
        },
      }
      const settings = createSettings({ clock: own, values, call, token: () => known?.visitor && known.token })
      const core: Core = {
        version: '0',
        server,
        options: () => options,
        observeOptions(listener) {
          optionListeners.add(listener)
          return () => optionListeners.delete(listener)
        },
        on: () => () => undefined,
        emit,
        report: (code, says) => void reports.push(`${code} ${says}`),
        guard,
        call,
        clock: own,
        page,
        session: { read: () => undefined, write() {} },
        storage,
        tabs,
        lock,
        lane,
        visitor,
        settings,
        async opened() {
          const set = (await settings.fresh(30_000))?.config.settings as { forceAcceptDataProcessingConsent?: boolean } | undefined
          if (!set?.forceAcceptDataProcessingConsent || (await storage.get('chat/consent'))) await visitor.register(options.guest ?? {}).catch(() => undefined)
        },
        async reset() {
          for (const prefix of ['chat/', 'ui/', 'message/']) await storage.clear(prefix)
          await changeAndTell((old) => ({ token: `token${randomId()}`, became: old.became }))
        },
        observeAddress(listener) {
          addresses.add(listener)
          if (address !== undefined) listener(address)
          return () => addresses.delete(listener)
        },
        titleBadge: (count) => void badges.push(count),
        randomId,
        diagnose: async () => [],
      }
      return {
        core,
        emitted,
        reports,
        badges,
        errors,
        details: <E extends EventName>(event: E) => emitted.filter((one) => one.event === event).map(({ detail }) => detail as Events[E]),
        setOptions(next: Options) {
          options = next
          optionListeners.forEach((listener) => listener(next))
        },
        go(href: string) {
          address = href
          addresses.forEach((listener) => listener(href))
        },
        fire(event: PageEvent) {
          if (event === 'hidden') visible = false
          if (event === 'visible') visible = true
          ;[...listeners].forEach((listener) => listener(event))
        },
        reset: core.reset,
        stop() {
          lanes.stop()
          buses.delete(bus)
          own.stop()
        },
      }
    },
  }
}

export type Browser = ReturnType<typeof createBrowser>
export type Tab = ReturnType<Browser['tab']>
