/**
 * npm `./preact`: the widget, and its state as signals. Of Preact itself nothing is imported: an application may have another version of it than
 * the widget, and components and hooks belong to one version. Signals are one package for all versions.
 */
import { computed, signal, type ReadonlySignal } from '@preact/signals-core'
import { stateOf, type TagalongState } from './adapters/state'
import { createTagalong } from './index'
import type { Options, Tagalong } from './options/types'

export type { TagalongState } from './adapters/state'

/**
 * The state of a widget, each part of it a signal.
 *
 * @example
 * const { unread }: TagalongSignals = createTagalongSignals({ server: 'https://chat.example.com' })
 */
export type TagalongSignals = { readonly [Part in keyof TagalongState]: ReadonlySignal<TagalongState[Part]> }

/**
 * Makes the widget. Whatever reads one of the signals follows it.
 *
 * @example
 * export const { chat, unread } = createTagalongSignals({ server: 'https://chat.example.com' })
 * export const Help = () => <button onClick={() => chat.open()}>Help ({unread})</button>
 */
export const createTagalongSignals = (options: Options): TagalongSignals & { readonly chat: Tagalong } => {
  const chat = createTagalong(options)
  const store = stateOf(chat)
  const state = signal(store.getSnapshot())
  store.subscribe(() => void (state.value = store.getSnapshot()))
  const part = <Part extends keyof TagalongState>(name: Part) => computed(() => state.value[name])
  return { chat, unread: part('unread'), open: part('open'), agent: part('agent'), connection: part('connection') }
}
