/** A core in Node for tests of the conversation: what the contract of the core promises, on a page, tabs, storage and clock moved by hand. */
import { createTransport } from '../../src/core/transport'
import type { Answer, CallOptions, Clock, ConfigCopy, Core, Lane, LaneOptions, Lock, PageEvent, Storage, Tabs, Undo, VisitorState, Waiting } from '../../src/core/contracts'
import { TagalongError, type EventName, type Events, type Guest, type Options, type Visitor } from '../../src/options'

/** Everything already promised has happened, and what was being fetched is there. */
export const settled = async () => {
  for (let round = 0; round < 3; round++) {
    for (let turn = 0; turn < 10; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
    await Promise.all([import('../../src/chat/talk'), import('../../src/chat/triggers')])
  }
  await new Promise<void>((resolve) => setImmediate(resolve))
}

export const createManualClock = (startMs = 1_700_000_000_000) => {
  let now = startMs
  let count = 0
  const timers = new Map<number, { atMs: number; run: () => void }>()
  const clock: Clock = {
    now: () => now,
    after(delayMs, run) {
      const id = ++count
      timers.set(id, { atMs: now + delayMs, run })
      return () => timers.delete(id)
    },
  }
  return {
    ...clock,
    pending: () => [...timers.values()].map(({ atMs }) => atMs - now).sort((a, b) => a - b),
    async advance(ms: number) {
      const until = now + ms
      for (;;) {
        await settled()
        const next = [...timers].sort(([, a], [, b]) => a.atMs - b.atMs)[0]
        if (!next || next[1].atMs > until) break
        timers.delete(next[0])
        now = Math.max(now, next[1].atMs)
        next[1].run()
      }
      now = until
      await settled()
    },
  }
}

export type ManualClock = ReturnType<typeof createManualClock>

const realClock = (): Clock & { stop: Undo } => {
  const running = new Set<NodeJS.Timeout>()
  return {
    now: () => Date.now(),
    after(delayMs, run) {
      const id = setTimeout(() => {
        running.delete(id)
        run()
      }, delayMs)
      running.add(id)
      return () => {
        running.delete(id)
        clearTimeout(id)
      }
    },
    stop: () => running.forEach((id) => clearTimeout(id)),
  }
}

export type Reply = Answer | Record<string, unknown> | ((options: CallOptions) => Answer | Record<string, unknown> | Promise<Answer | Record<string, unknown>>)

export const refused = (error: string, status = 400, more: Record<string, unknown> = {}): Answer => ({
  kind: 'refused',
  status,
  code: /\[([^[\]]+)\]$/.exec(error)?.[1] ?? error,
  says: error,
  body: { success: false, error, ...more },
})
export const silent: Answer = { kind: 'silent', why: 'unreachable' }
export const limited = (seconds: number): Answer => ({
  kind: 'limited',
  retryAfterMs: seconds * 1000,
  says: `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`,
})

const isAnswer = (reply: object): reply is Answer => 'kind' in reply && typeof (reply as Answer).kind === 'string'

/** One browser: what its tabs share. */
export const createBrowser = ({ server = 'https://chat.example.com', clock = createManualClock() as Clock, live = false } = {}) => {
  const values = new Map<string, unknown>()
  const buses = new Set<(from: unknown, topic: string, data: unknown) => void>()
  const queues = new Map<string, Promise<void>>()
  const replies: [RegExp, Reply][] = []
  const calls: { verb: string; options: CallOptions }[] = []

  const under = (prefix: string) => [...values.keys()].filter((key) => key.startsWith(prefix)).sort()
  const storage: Storage = {
    get: async <T>(key: string) => structuredClone(values.get(key)) as T | undefined,
    async update<T>(key: string, change: (old: T | undefined) => T | undefined) {
      const value = change(values.get(key) as T | undefined)
      if (value === undefined) values.delete(key)
      else values.set(key, structuredClone(value))
      return value
    },
    set: async (key, value) => void values.set(key, structuredClone(value)),
    delete: async (...keys) => keys.forEach((key) => void values.delete(key)),
    list: async <T>(prefix: string, limit = Infinity) => under(prefix).map((key) => values.get(key) as T).slice(0, limit),
    clear: async (prefix) => under(prefix).forEach((key) => void values.delete(key)),
    volatile: () => false,
    leave: () => undefined,
  }

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
      const own = live ? realClock() : { ...clock, stop: () => undefined }
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
        say: (topic, data) => {
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
      const transport = live ? createTransport({ server, clock: own }) : undefined
      const call: Core['call'] = (method, path, more = {}) => {
        if (!transport) return scripted(`${method} ${path}`, more)
        calls.push({ verb: `${method} ${path}`, options: more })
        return transport.call(method, path, more)
      }
      const lanes = new Set<() => void>()
      /** As the core's lanes: one tab at a time, the oldest first, gone only after a final answer. */
      const lane = <R extends Waiting>({ name, deliver, onDelivered, onDrop, onWait }: LaneOptions<R>): Lane<R> => {
        const prefix = `${name}/`
        const turn = lock(name)
        const learnt = () => (values.get(`lane/${name}`) ?? { untilMs: 0, failures: 0, limited: false }) as { untilMs: number; failures: number; limited: boolean }
        let stopped = false
        let held = false
        let asked = 0
        let undo: Undo = () => undefined
        const drain = async () => {
          while (!stopped && !held) {
            const [head] = await storage.list<R>(prefix, 1)
            if (!head) return onWait?.(undefined)
            const { untilMs, failures, limited } = learnt()
            if (untilMs > own.now()) {
              onWait?.({ untilMs, limited })
              undo()
              undo = own.after(untilMs - own.now(), wake)
              return
            }
            onWait?.(undefined)
            const outcome = await deliver(head, () => true)
            if (outcome.kind === 'held') held = true
            if (outcome.kind === 'later') {
              values.set(`lane/${name}`, { untilMs: own.now() + (outcome.ms ?? Math.min(60_000, 1000 * 2 ** failures)), failures: failures + 1, limited: !!outcome.limited })
              continue
            }
            if (outcome.kind === 'held') continue
            values.delete(`lane/${name}`)
            values.delete(prefix + head.id)
            if (outcome.kind === 'delivered') onDelivered?.(head)
            else onDrop?.(head, 'refused', outcome.code, outcome.says)
          }
        }
        function wake() {
          if (asked++) return
          void turn.hold(async () => {
            while (asked) {
              asked = 1
              await drain()
              asked--
            }
          })
        }
        const undos = [
          tabs.observe(name, wake),
          page.observe((event) => {
            if (event !== 'online' && event !== 'visible') return
            values.delete(`lane/${name}`)
            wake()
          }),
        ]
        lanes.add(() => {
          stopped = true
          undo()
          undos.forEach((each) => each())
        })
        wake()
        return {
          async put(record) {
            await storage.set(prefix + record.id, record)
            tabs.say(name)
            wake()
          },
          wake() {
            held = false
            wake()
          },
          waiting: () => storage.list<R>(prefix),
          drop: (id) => storage.delete(prefix + id),
        }
      }
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
        tabs.say('visitor')
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
      const copies = new Set<(copy: ConfigCopy) => void>()
      let asking: Promise<ConfigCopy | undefined> | undefined
      const ask = async () => {
        const answer = await call('GET', 'livechat/config', { query: { token: known?.visitor && known.token } })
        asking = undefined
        if (answer.kind !== 'ok') return
        const copy: ConfigCopy = { at: own.now(), config: answer.body.config as ConfigCopy['config'] }
        values.set('config', copy)
        copies.forEach((listener) => listener(copy))
        return copy
      }
      const settings: Core['settings'] = {
        cached: async () => values.get('config') as ConfigCopy | undefined,
        async fresh(maxAgeMs) {
          const kept = values.get('config') as ConfigCopy | undefined
          return kept && own.now() - kept.at < maxAgeMs ? kept : (asking ??= ask())
        },
        observe(listener) {
          copies.add(listener)
          return () => copies.delete(listener)
        },
      }
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
          lanes.forEach((stop) => stop())
          buses.delete(bus)
          own.stop()
        },
      }
    },
  }
}

export type Browser = ReturnType<typeof createBrowser>
export type Tab = ReturnType<Browser['tab']>
