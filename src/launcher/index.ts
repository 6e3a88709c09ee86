/** The composition root of the launcher's download: what a page does besides tracking, and the launcher itself. */
import { isTopPage, ofWindow } from '../browser/document'
import type { Tracking } from '../tracking/contracts'
import type { FetchedApi } from '../tracking/hostApi'
import { arrive, createPageByHand } from './arrival'
import { arePlain } from './checkOptions'
import type { LauncherParts } from './contracts'
import type { SteeringParts } from './steering'
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
  const { options, permission, visitor } = tracking
  const settings = createServerSettings(
    tracking,
    watchServer(tracking, () => settings),
  )
  const fetchVisitor = fetchOnce(async () => (await import('../chat')).createVisitor(tracking, settings))
  const parts: LauncherParts & SteeringParts = {
    ...tracking,
    settings,
    fetchVisitor,
    async fetchChat(widget) {
      const [{ createChatDoor }, { core }] = await Promise.all([import('../chat'), fetchVisitor()])
      return createChatDoor(widget, core)
    },
  }
  const fetchSteering = fetchOnce(
    async () => (parts.steering = (await import('./steering')).createSteering(parts, dataset && Object.keys(dataset))),
  )
  // Without the rules the options are taken as they are.
  if (!arePlain(options)) await fetchSteering().catch(() => {})
  if (tracking.isDestroyed()) await never
  const { listen, destroy, ...launcherCalls } = createWidgetElement(parts)
  arrive(tracking, settings, fetchVisitor, listen)
  tracking.on('destroy', destroy)
  /**
   * The methods of these names, each of which waits for its file; `first` goes before what they are given. One text costs a page view less than a
   * list, or than a line for each.
   */
  const fetched = (fetchIt: () => Promise<object>, names: string, ...first: unknown[]) =>
    Object.fromEntries(
      names.split(' ').map((name) => [
        name,
        // A text forgets which names are in it; a spec calls each of them.
        async (...given: unknown[]) => ((await fetchIt()) as Record<string, Function>)[name]?.(...first, ...given),
      ]),
    )
  return {
    ...launcherCalls,
    page: createPageByHand(tracking),
    getVisitorToken: async () => (permission.mayStore() ? (await visitor.state()).token : undefined),
    ...fetched(fetchVisitor, 'identify reset forget diagnose'),
    ...fetched(fetchSteering, 'getVisitor setCustomField update'),
    ...fetched(fetchSteering, 'transfer send prefill trackEvent', listen),
  } as FetchedApi
}
