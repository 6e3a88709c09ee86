import type { Signal } from '@preact/signals-core'
import type { Chat } from '../../../src/chat/contracts'

/** A chat whose signals the scene writes. */
export type CannedChat = {
  [Member in keyof Chat]: Chat[Member] extends { readonly value: infer Value } ? Signal<Value> : Chat[Member]
}
