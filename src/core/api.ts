import type { Options, Tagalong, Tracker } from '../options'
import { TagalongError } from '../options'
import type { RunningCore } from './index'
import type { Ui } from './contracts'

/** Whatever the host does not await never becomes its unhandled rejection. */
const quiet = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined)
  return promise
}

/** What a host holds of a running core. */
export const createTrackerApi = (core: RunningCore): Tracker => {
  let destroyed = false
  const alive = <T>(run: () => T | Promise<T>): Promise<T> =>
    quiet(
      (async () => {
        if (destroyed) throw new TagalongError('destroyed', 'This Tagalong was destroyed; make a new one.')
        return run()
      })(),
    )
  return {
    version: core.version,
    ready: core.ready,
    identify: (guest) =>
      alive(() => {
        if (Object(guest) !== guest) throw new TagalongError('bad-call', 'identify() takes an object such as { name, email }.')
        return core.identify(guest)
      }),
    page: (visit) => alive(() => core.pageVisited(visit)),
    consent: (granted) => alive(() => core.consent(granted)),
    on: core.on,
    getVisitorToken: () => alive(core.getVisitorToken),
    reset: () => alive(core.reset),
    forget: () => alive(core.forget),
    diagnose: () => alive(core.diagnose),
    destroy() {
      if (destroyed) return
      destroyed = true
      core.destroy()
    },
  }
}

export interface UiDoor {
  /** Loads and mounts the launcher; tried again at the next call when it fails. */
  load(): Promise<Ui>
  /** Says that it could not be loaded. */
  failed(error: unknown): TagalongError
  /** New options as the host gave them, read and completed. */
  read(change: Partial<Options>, before: Options): Options
}

export const createApi = (core: RunningCore, door: UiDoor): Tagalong => {
  const tracker = createTrackerApi(core)
  let ui: Ui | undefined
  let loading: Promise<Ui> | undefined
  let destroyed = false
  let hidden = false
  const face = (): Promise<Ui> =>
    (loading ??= door.load().then(
      (made) => {
        ui = made
        if (destroyed) made.destroy()
        else if (hidden) made.hide()
        return made
      },
      (error: unknown) => {
        loading = undefined
        throw door.failed(error)
      },
    ))
  const act = (run: (made: Ui) => Promise<void>) =>
    quiet(
      (async () => {
        if (destroyed) throw new TagalongError('destroyed', 'This Tagalong was destroyed; make a new one.')
        await run(await face())
      })(),
    )
  // The launcher waits for a quiet moment: what the page itself has to do comes first.
  core.clock.after(0, core.guard(() => (destroyed ? undefined : idle(core, () => void quiet(face())))))
  return {
    ...tracker,
    open: () => act((made) => made.open()),
    close: () => act((made) => made.close()),
    toggle: () => act((made) => (made.isOpen() ? made.close() : made.open())),
    show() {
      hidden = false
      ui?.show()
    },
    hide() {
      hidden = true
      ui?.hide()
    },
    update(change) {
      if (!destroyed) core.update(door.read(change, core.options()))
    },
    destroy() {
      if (destroyed) return
      destroyed = true
      ui?.destroy()
      tracker.destroy()
    },
  }
}

const idle = (core: RunningCore, run: () => void) => {
  const begin = core.guard(run)
  if (typeof requestIdleCallback === 'function') requestIdleCallback(begin, { timeout: 3000 })
  else core.clock.after(200, begin)
}
