/** The launcher's file: what a page does besides tracking, and the launcher itself. */
import type { Face } from '../tracking/hostApi'
import { arrive, byHand } from './arrival'
import { ofDocument, ofWindow } from '../browser/document'
import type { Tracking } from '../tracking'
import { createServerSettings } from './serverSettings'
import type { Guest } from '../options'
import { checkOptions } from './checkOptions'
import { mount } from './widgetElement'

/** In a frame of a page that has its own: one widget is enough. */
const framed = (): boolean => {
  try {
    const above = top!
    return above !== self && !!(ofWindow('Tagalong', above) || ofDocument('querySelector').call(above.document, 'script[data-server]'))
  } catch {
    return false
  }
}

const never = new Promise(() => {})

/** `dataset`: the tag's; attributes we do not know are another script's. */
export const createFace = async (tracking: Tracking, dataset?: DOMStringMap): Promise<Face> => {
  if (framed()) await never
  const settings = createServerSettings(tracking)
  const { options, say, permission, visitor } = tracking
  await checkOptions(options, say, dataset && Object.keys(dataset))
  if (tracking.over()) await never
  const { inside, destroy, ...ui } = mount({ ...tracking, settings, enter: async (ground) => (await import('../chat')).enterChat(ground, tracking, settings) })
  const behind = (verb: 'identify' | 'reset' | 'forget' | 'diagnose') => async (guest?: Guest) => (await inside())[verb](guest as Guest) as never
  arrive(tracking, settings, inside)
  tracking.on('destroy', destroy)
  return {
    ...ui,
    identify: behind('identify'),
    page: byHand(tracking),
    reset: behind('reset'),
    forget: behind('forget'),
    diagnose: behind('diagnose'),
    getVisitorToken: async () => (permission.mayStore() ? (await visitor.state()).token : undefined),
    async update(given) {
      const { server: _server, tracking: _tracking, queue: _queue, ...rest } = Object(given) as typeof given
      await checkOptions(rest, say)
      Object.assign(options, rest)
      settings.tell()
    },
  }
}
