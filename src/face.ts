/** The launcher's file: what a page does besides tracking, and the launcher itself. */
import type { Face } from './core/api'
import { arrive } from './core/arrival'
import type { Inside } from './core/contracts'
import type { Door } from './core/door'
import type { Tracking } from './core/index'
import { createSettings } from './core/settings'
import type { Guest } from './options'
import { checkOptions } from './plain'
import { mount } from './ui/mount'

/** `attributes`: the tag's; those we do not know are another script's. */
export const createFace = async (tracking: Tracking, attributes?: string[]): Promise<Face> => {
  const settings = createSettings(tracking)
  let opening: Promise<Inside & Door> | undefined
  const inside = () =>
    (opening ??= import('./chat').then(
      ({ openDoor, createChat }) => ({ ...openDoor(tracking, settings), createChat }),
      (error: unknown) => {
        opening = undefined
        throw error
      },
    ))
  const behind = (verb: 'identify' | 'reset' | 'forget' | 'diagnose') => async (guest?: Guest) => (await inside())[verb](guest as Guest) as never
  await checkOptions(tracking.options, tracking.say, attributes)
  arrive(tracking, settings, inside)
  const { open, close, isOpen, show, hide, destroy } = mount({ ...tracking, settings, inside })
  return {
    identify: behind('identify'),
    reset: behind('reset'),
    forget: behind('forget'),
    diagnose: behind('diagnose'),
    open,
    close,
    toggle: () => (isOpen() ? close() : open()),
    show,
    hide,
    getVisitorToken: async () => (tracking.permission.mayStore() ? (await tracking.visitor.state()).token : undefined),
    async update(options) {
      const { server: _server, tracking: _tracking, queue: _queue, ...rest } = Object(options) as typeof options
      await checkOptions(rest, tracking.say)
      Object.assign(tracking.options, rest)
      settings.tell()
    },
    destroy() {
      destroy()
      void opening?.then(({ stop }) => stop())
    },
  }
}
