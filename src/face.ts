/** The launcher's file: the rest of core, and the launcher itself. */
import type { Face } from './core/api'
import { openDoor, type Words } from './core/door'
import type { Tracking } from './core/index'
import type { createPerson } from './core/person'
import { checkOptions } from './check'
import type { Options } from './options'
import { mount } from './ui/mount'

export interface Fetched {
  words(): Promise<Words>
  person(): Promise<{ createPerson: typeof createPerson }>
  /** Attributes of the tag; those we do not know are another script's. */
  attributes?: string[]
}

export const createFace = (tracking: Tracking, { words, person, attributes }: Fetched): Face => {
  const refuse = (detail: string) => tracking.report('bad-option', detail)
  checkOptions(tracking.options, refuse, attributes)
  const door = openDoor(tracking, words, person)
  const ui = mount(door)
  return {
    identify: door.identify,
    reset: door.reset,
    forget: door.forget,
    diagnose: door.diagnose,
    open: ui.open,
    close: ui.close,
    toggle: () => (ui.isOpen() ? ui.close() : ui.open()),
    show: ui.show,
    hide: ui.hide,
    update(options: Partial<Options>) {
      const { server: _server, tracking: _tracking, queue: _queue, ...rest } = Object(options) as Partial<Options>
      checkOptions(rest, refuse)
      door.update(rest as Options)
    },
    destroy: ui.destroy,
  }
}
