/** The launcher's file: the core as the launcher needs it, and the launcher itself. */
import type { Face } from './core/api'
import { createCore } from './core/core'
import type { Tracking } from './core/index'
import { mount } from './ui/mount'

/** `attributes`: the tag's. */
export const createFace = async (tracking: Tracking, attributes?: string[]): Promise<Face> => {
  const { core, behind, check, update, stop } = createCore(tracking, { door: () => import('./chat'), words: () => import('./words') })
  await check(tracking.options, attributes)
  const ui = mount(core)
  return {
    identify: behind('identify'),
    reset: behind('reset'),
    forget: behind('forget'),
    diagnose: core.diagnose,
    open: ui.open,
    close: ui.close,
    toggle: () => (ui.isOpen() ? ui.close() : ui.open()),
    show: ui.show,
    hide: ui.hide,
    getVisitorToken: async () => (tracking.permission.mayStore() ? (await tracking.visitor.state()).token : undefined),
    async update(options) {
      const { server: _server, tracking: _tracking, queue: _queue, ...rest } = Object(options) as typeof options
      await check(rest)
      update(rest)
    },
    destroy() {
      ui.destroy()
      stop()
    },
  }
}
