/** The composition root of the launcher's download: what a page does besides tracking, and the launcher itself. */
import { isTopPage, ofWindow } from '../browser/document'
import type { Tracking } from '../tracking/contracts'
import type { FetchedApi } from '../tracking/hostApi'
import { arrive, createPageByHand } from './arrival'
import { checkOptions } from './checkOptions'
import { fetchOnce } from './fetchOnce'
import { createServerSettings } from './serverSettings'
import { watchServer } from './serverWatch'
import { createWidgetElement } from './widgetElement'

/** In a frame of a page that has its own: one widget is enough. */
const isFramed = (): boolean => {
  try {
    return !!top && !isTopPage() && !!(ofWindow('Tagalong', top) || top.document.querySelector('script[data-server]'))
  } catch {
    return false
  }
}

const never = new Promise<never>(() => {})

/** `dataset`: the tag's; attributes we do not know are another script's. */
export const createLauncher = async (tracking: Tracking, dataset?: DOMStringMap): Promise<FetchedApi> => {
  if (isFramed()) await never
  const { options, warnOnce, permission, visitor } = tracking
  const settings = createServerSettings(
    tracking,
    watchServer(tracking, () => settings),
  )
  await checkOptions(options, warnOnce, dataset && Object.keys(dataset))
  if (tracking.isDestroyed()) await never
  const fetchVisitor = fetchOnce(async () => (await import('../chat')).createVisitor(tracking, settings))
  const { listen, destroy, ...launcherCalls } = createWidgetElement({
    ...tracking,
    settings,
    async fetchChat(widget) {
      const [{ createChatDoor }, { core }] = await Promise.all([import('../chat'), fetchVisitor()])
      return createChatDoor(widget, core)
    },
  })
  arrive(tracking, settings, fetchVisitor, listen)
  tracking.on('destroy', destroy)
  return {
    ...launcherCalls,
    identify: async (guest) => (await fetchVisitor()).identify(guest),
    page: createPageByHand(tracking),
    reset: async () => (await fetchVisitor()).reset(),
    forget: async () => (await fetchVisitor()).forget(),
    diagnose: async (given) => (await fetchVisitor()).diagnose(given),
    getVisitorToken: async () => (permission.mayStore() ? (await visitor.state()).token : undefined),
    async update(given) {
      const { server: _server, tracking: _tracking, queue: _queue, ...rest } = Object(given) as typeof given
      await checkOptions(rest, warnOnce)
      Object.assign(options, rest)
      settings.tell()
    },
  }
}
