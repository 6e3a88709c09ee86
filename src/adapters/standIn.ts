import type { Options, Tagalong } from '../options/types'
import { createError, createInert } from '../tracking/start'
import { hold, type Held } from './hold'
import { initialState, stateOf, type StateStore } from './state'

declare const __VERSION__: string

/**
 * What can be handed out while a framework draws, when nothing may be made yet: a draft may never come on screen. The first call of any method, or
 * the first component that is on screen, makes the widget; from then on every call reaches it.
 */
export interface StandIn {
  chat: Tagalong
  state: StateStore
  /** The component is on screen; returns what to call when it no longer is. */
  mount(): () => void
}

type Methods = Omit<Tagalong, 'version' | 'ready'>

/** An object with all that a widget has, whose every method calls that of the widget there is by then. */
const forwarding = (reach: () => Tagalong): Tagalong => {
  // The object that does nothing names every member.
  const { version, ready: _ready, ...names } = createInert(__VERSION__, createError('no-browser', ''))
  const methods = Object.keys(names).map((name) => [
    name,
    (...given: unknown[]) => Reflect.apply(reach()[name as keyof Methods], undefined, given),
  ])
  return {
    version,
    // `fromEntries` forgets the names.
    ...(Object.fromEntries(methods) as Methods),
    get ready() {
      return reach().ready
    },
  }
}

/** `options` are asked for when the widget is made. */
export const createStandIn = (create: (options: Options) => Tagalong, options: () => Options): StandIn => {
  let held: Held | undefined
  let isReleased = false
  const reach = (): Held => (held ??= hold(create, options()))
  return {
    chat: forwarding(() => reach().chat),
    state: {
      getSnapshot: () => (held ? stateOf(held.chat).getSnapshot() : initialState),
      subscribe: (listener) => stateOf(reach().chat).subscribe(listener),
    },
    mount() {
      // A released one is kept for the last words of other components, which then are refused as by any destroyed widget.
      if (isReleased) held = undefined
      isReleased = false
      const { release } = reach()
      return () => {
        isReleased = true
        release()
      }
    },
  }
}
