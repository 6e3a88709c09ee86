/** The launcher's file: the core as the launcher needs it, and the launcher itself. */
import type { Face } from './core/api'
import { createCore } from './core/core'
import type { Tracking } from './core/index'
import { mount } from './ui/mount'

/** `attributes`: the tag's. */
export const createFace = (tracking: Tracking, attributes?: string[]): Face => {
  const { core, door, check, update, stop } = createCore(tracking, { door: () => import('./chat'), words: () => import('./words') })
  check(tracking.options, attributes)
  const ui = mount(core)
  return {
    identify: async (guest) => (await door()).identify(guest),
    reset: async () => (await door()).reset(),
    forget: async () => (await door()).forget(),
    diagnose: core.diagnose,
    open: ui.open,
    close: ui.close,
    toggle: () => (ui.isOpen() ? ui.close() : ui.open()),
    show: ui.show,
    hide: ui.hide,
    update(options) {
      const { server: _server, tracking: _tracking, queue: _queue, ...rest } = Object(options) as typeof options
      check(rest)
      update(rest)
    },
    destroy() {
      ui.destroy()
      stop()
    },
  }
}
