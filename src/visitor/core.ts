import type { Tabs, Undo, Transport } from '../browser/ports'
import type { ServerSettings, Tracking, VisitorState } from '../tracking/contracts'
import type { Core, VisitorCalls } from './contracts'
import { createTitleBadge } from './titleBadge'
import { randomHex } from '../browser/id'

export interface CoreParts {
  tracking: Tracking
  tabs: Tabs
  lane: Core['lane']
  settings: ServerSettings
  call: Transport['call']
  change(how: (old: VisitorState) => VisitorState): Promise<VisitorState>
  calls: Pick<VisitorCalls, 'identify' | 'reset' | 'diagnose'>
}

/** What the panel and the conversation are handed: the running core, whole. */
export const createCore = ({
  tracking,
  tabs,
  lane,
  settings,
  call,
  change,
  calls: { identify, reset, diagnose },
}: CoreParts): Core & { stop: Undo } => {
  const {
    name,
    version,
    server,
    options,
    warnOnce,
    on,
    emit,
    guard,
    clock,
    page,
    permission,
    storage,
    session,
    visitor,
    redact,
  } = tracking
  let showBadge: ((count: number) => void) | undefined
  /** Without a count there never was a badge. */
  const titleBadge = (count: number) => {
    if (count) showBadge ??= createTitleBadge(tracking)
    showBadge?.(count)
  }
  return {
    version,
    server,
    on,
    emit,
    guard,
    clock,
    session,
    tabs,
    lane,
    call,
    settings,
    reset,
    diagnose,
    options: () => options,
    observeOptions: (listener) => settings.observe(guard((copy) => copy || listener(options))),
    report: (code, detail) =>
      void import('../diagnosis').then(
        ({ sentence }) => warnOnce(code, sentence(code, detail)),
        () => warnOnce(code, detail || code),
      ),
    page: { ...page, online: () => navigator.onLine !== false },
    storage: {
      ...storage,
      set: async (key, value) => void (await storage.update(key, () => value)),
      delete: async (key) => void (await storage.update(key, () => undefined)),
    },
    lock: (lockName) => tracking.lock(`${name}/${lockName}`),
    visitor: {
      ...visitor,
      observe: (listener) => visitor.observe(guard(listener)),
      register: identify,
      async setRoom(roomId) {
        if ((await visitor.state()).roomId !== roomId) await change((old) => ({ ...old, roomId }))
      },
    },
    async opened() {
      permission.open()
      tracking.begin()
      await identify(options.guest ?? {})
    },
    observeAddress(listener) {
      const look = guard(() => {
        const href = redact(location.href)
        if (href) listener(href)
      })
      look()
      return on('visit', look)
    },
    titleBadge: guard(titleBadge),
    randomId: () => randomHex(9).slice(1),
    stop: () => titleBadge(0),
  }
}
