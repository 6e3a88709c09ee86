import type { Storage, Store, Tabs, Transport } from '../browser/ports'
import type { ServerSettings, Tracking } from '../tracking/contracts'
import type { VisitorState } from '../tracking/stored'
import type { Core, VisitorCalls } from './contracts'
import { randomHex } from '../browser/id'

export interface CoreParts {
  tracking: Tracking
  tabs: Tabs
  lane: Core['lane']
  settings: ServerSettings
  call: Transport['call']
  changeVisitor(change: (old: VisitorState) => VisitorState): Promise<VisitorState>
  calls: Pick<VisitorCalls, 'identify' | 'reset'>
}

const withSetAndDelete = (storage: Store): Storage => ({
  ...storage,
  set: async (key, value) => void (await storage.update(key, () => value)),
  delete: async (key) => void (await storage.update(key, () => undefined)),
})

/** What the visitor agrees to by a button or by opening the chat. */
const createAgreement = (
  { permission, begin, options }: Pick<Tracking, 'permission' | 'begin' | 'options'>,
  identify: VisitorCalls['identify'],
): Pick<Core, 'mayStore' | 'consent' | 'opened'> => ({
  mayStore: permission.mayStore,
  consent() {
    permission.consent(true)
    begin()
  },
  async opened() {
    permission.open()
    begin()
    await identify(options.guest ?? {})
  },
})

export const createCore = ({
  tracking,
  tabs,
  lane,
  settings,
  call,
  changeVisitor,
  calls: { identify, reset },
}: CoreParts): Core => {
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
    storage,
    session,
    visitor,
    redact,
    title,
  } = tracking
  return {
    version,
    server,
    on,
    emit,
    guard,
    clock,
    session,
    title,
    tabs,
    lane,
    call,
    settings,
    isServerForbidden: () => !!tracking.isServerForbidden,
    reset,
    siteOrigin: () => location.origin,
    options: () => options,
    observeOptions: (listener) => settings.observe(guard((copy) => copy || listener(options))),
    report: (code, detail) =>
      void import('../diagnosis').then(
        ({ sentence }) => warnOnce(code, sentence(code, detail)),
        () => warnOnce(code, detail || code),
      ),
    page: { ...page, online: () => navigator.onLine !== false },
    storage: withSetAndDelete(storage),
    lock: (lockName) => tracking.lock(`${name}/${lockName}`),
    visitor: {
      ...visitor,
      observe: (listener) => visitor.observe(guard(listener)),
      register: identify,
      async setRoom(roomId) {
        if ((await visitor.state()).roomId !== roomId) await changeVisitor((old) => ({ ...old, roomId }))
      },
    },
    ...createAgreement(tracking, identify),
    observeAddress(listener) {
      const emitAddress = guard(() => {
        const href = redact(location.href)
        if (href) listener(href)
      })
      emitAddress()
      return on('visit', emitAddress)
    },
    randomId: () => randomHex(9).slice(1),
  }
}
