/** The launcher's file: the core as the launcher needs it, and the launcher itself. */
import { checkOptions } from './check'
import type { Face } from './core/api'
import { createCore } from './core/core'
import type { Tracking } from './core/index'
import { mount } from './ui/mount'

/** `attributes` of the tag: those we do not know are another script's. */
export const createFace = (tracking: Tracking, attributes?: string[]): Face => {
  const check = (options: object) => checkOptions(options, (detail) => tracking.report('bad-option', detail), attributes)
  check(tracking.options)
  const { core, door, update } = createCore(tracking, () => import('./chat'))
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
    destroy: ui.destroy,
  }
}
