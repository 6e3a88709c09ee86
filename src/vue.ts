/** npm `./vue`: a plugin that is the widget, and a composable that hands it out with its state. Vue 3.5 and later. */
import {
  computed,
  getCurrentInstance,
  inject,
  onMounted,
  onScopeDispose,
  shallowRef,
  type App,
  type ComputedRef,
  type InjectionKey,
} from 'vue'
import { hold, type Held } from './adapters/hold'
import { initialState, stateOf, type TagalongState } from './adapters/state'
import { createTagalong } from './index'
import type { Options, Tagalong } from './options/types'

export type { TagalongState } from './adapters/state'

/**
 * The state of a widget, each part of it a ref.
 *
 * @example
 * const { unread }: TagalongRefs = useTagalong()
 */
export type TagalongRefs = { readonly [Part in keyof TagalongState]: ComputedRef<TagalongState[Part]> }

const key: InjectionKey<Held> = Symbol('tagalong')

/**
 * The widget is on the page from here on, until the application is unmounted.
 *
 * @example
 * createApp(Shop).use(tagalongPlugin, { server: 'https://chat.example.com' }).mount('#app')
 */
export const tagalongPlugin = {
  install(app: App, options: Options): void {
    const held = hold(createTagalong, options)
    app.provide(key, held)
    app.onUnmount(held.release)
  },
}

/**
 * The widget of the application, and its state as refs.
 *
 * @example
 * const { chat, unread } = useTagalong()
 */
export const useTagalong = (): TagalongRefs & { readonly chat: Tagalong } => {
  const held = inject(key, undefined)
  if (!held)
    throw new Error(
      '[Tagalong] useTagalong() has no plugin in its application: call app.use(tagalongPlugin, { server }).',
    )
  const state = shallowRef(initialState)
  const { getSnapshot, subscribe } = stateOf(held.chat)
  const read = () => void (state.value = getSnapshot())
  const follow = () => {
    read()
    // Outside of components there may be no scope: then it is followed for good.
    const failSilently = true
    onScopeDispose(subscribe(read), failSilently)
  }
  // A component that takes over what a server has rendered must first draw the same.
  if (getCurrentInstance()) onMounted(follow)
  else follow()
  const part = <Part extends keyof TagalongState>(name: Part) => computed(() => state.value[name])
  return {
    chat: held.chat,
    unread: part('unread'),
    open: part('open'),
    agent: part('agent'),
    connection: part('connection'),
  }
}
