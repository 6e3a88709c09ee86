/** What the triggers need of the chat, and what it can tell them: types only. */
import type { Core } from '../../visitor/contracts'
import type { Paragraphs } from '../contracts'
import type { Conversation } from '../conversation'
import type { ServerState } from '../serverState'

export interface TriggersParts {
  core: Pick<
    Core,
    | 'storage'
    | 'clock'
    | 'guard'
    | 'report'
    | 'emit'
    | 'visitor'
    | 'call'
    | 'options'
    | 'randomId'
    | 'observeAddress'
    | 'observeOptions'
  >
  conversation: Pick<Conversation, 'facts' | 'update' | 'receive' | 'keepMessages'>
  personOf: ServerState['personOf']
  parseText(text: string): Paragraphs[]
}

export interface Triggers {
  /** The triggers that the server lists now. */
  load(list: unknown[]): Promise<void>
  onPanelOpened(): void
  onRegistered(): void
  /** Something of this name has happened on the page. */
  onEvent(name: string): void
  stop(): void
}
