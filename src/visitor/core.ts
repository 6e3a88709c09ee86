import type { createBadge } from './titleBadge'
import type { Core, Transport } from './contracts'
import type { ServerSettings, VisitorState } from '../tracking/contracts'
import type { Undo } from '../browser/ports'
import type { Door } from './index'
import type { Tracking } from '../tracking'

export interface CoreParts {
  tracking: Omit<Tracking, 'tabs' | 'lane'> & Pick<Core, 'tabs' | 'lane'>
  settings: ServerSettings
  call: Transport['call']
  change(how: (old: VisitorState) => VisitorState): Promise<VisitorState>
  door: Pick<Door, 'identify' | 'reset' | 'diagnose'>
}

/** What the panel and the conversation are handed: the running core, whole. */
export const createCore = ({ tracking, settings, call, change, door: { identify, reset, diagnose } }: CoreParts): Core & { stop: Undo } => {
  const { name, options, say, on, guard, page, permission, storage, locks, visitor, redact, randomHex } = tracking
  let badge: Promise<ReturnType<typeof createBadge>> | undefined
  return {
    ...tracking,
    call,
    settings,
    reset,
    diagnose,
    options: () => options,
    observeOptions: (listener) => settings.observe(guard((copy) => copy || listener(options))),
    report: (code, detail) =>
      void import('../diagnosis').then(
        ({ sentence }) => say(code, sentence(code, detail)),
        () => say(code, detail || code),
      ),
    page: { ...page, online: () => navigator.onLine !== false },
    storage: { ...storage, set: async (key, value) => void (await storage.update(key, () => value)), delete: async (key) => void (await storage.update(key, () => undefined)) },
    lock: (lockName) => locks(`${name}/${lockName}`),
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
    titleBadge: guard(async (count) => {
      if (count) badge ??= import('./titleBadge').then(({ createBadge }) => createBadge(tracking))
      ;(await badge)?.(count)
    }),
    randomId: () => randomHex(9).slice(1),
    stop: () => void badge?.then((show) => show(0)),
  }
}
