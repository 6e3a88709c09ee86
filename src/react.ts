'use client'
/** npm `./react`: a provider that is the widget, and a hook that hands it out with its state. React 18 and 19. */
import {
  createContext,
  createElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type ReactElement,
  type ReactNode,
} from 'react'
import { changesOf } from './adapters/changes'
import { createStandIn, type StandIn } from './adapters/standIn'
import { initialState, type TagalongState } from './adapters/state'
import { createTagalong } from './index'
import type { Options, Tagalong } from './options/types'

export type { TagalongState } from './adapters/state'

/**
 * All the options of `createTagalong`, as properties.
 *
 * @example
 * const props: TagalongProviderProps = { server: 'https://chat.example.com', theme: 'dark' }
 */
export interface TagalongProviderProps extends Options {
  children?: ReactNode
}

const Context = createContext<StandIn | undefined>(undefined)

/** Before React 19 the other one warns while a page is rendered on a server, where no effect ever runs. */
const useEarlyEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * The widget is on the page for as long as this component is. Options that change are passed to `update()`; functions among them are taken once.
 *
 * @example
 * createRoot(root).render(<TagalongProvider server="https://chat.example.com"><App /></TagalongProvider>)
 */
export const TagalongProvider = ({ children, ...options }: TagalongProviderProps): ReactElement => {
  const latest = useRef<Options>(options)
  // A new server is another widget.
  const standIn = useMemo(() => createStandIn(createTagalong, () => latest.current), [options.server])
  // Earlier than the effects of the application, which may call the widget already.
  useEarlyEffect(() => {
    const isSameServer = latest.current.server === options.server
    const changes = changesOf(latest.current, options)
    latest.current = options
    if (isSameServer && changes) standIn.chat.update(changes)
  })
  useEarlyEffect(() => standIn.mount(), [standIn])
  return createElement(Context.Provider, { value: standIn }, children)
}

/**
 * The widget of the provider around, and its state; the component is drawn anew when that changes. `chat` is the same object at every drawing, and
 * may be called in effects and handlers.
 *
 * @example
 * const { chat, unread } = useTagalong()
 * return <button onClick={() => chat.open()}>Help ({unread})</button>
 */
export const useTagalong = (): TagalongState & { readonly chat: Tagalong } => {
  const standIn = useContext(Context)
  if (!standIn)
    throw new Error(
      '[Tagalong] useTagalong() has no <TagalongProvider server="…"> around it: put one around your application.',
    )
  const { subscribe, getSnapshot } = standIn.state
  return { chat: standIn.chat, ...useSyncExternalStore(subscribe, getSnapshot, () => initialState) }
}
