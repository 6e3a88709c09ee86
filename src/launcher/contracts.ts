import type { Core, VisitorPart } from '../visitor/contracts'
import type { Store } from '../browser/ports'
import type { ErrorCode, Options } from '../options'
import type { Inside } from '../chat'
import type { Ground } from './widgetElement'

/** What the launcher stands on: of the running core what it needs before anybody has opened it, and the way to all the rest. */
export interface Stand<I extends Inside = Inside> extends Pick<Core, 'guard' | 'emit' | 'clock' | 'session' | 'settings'> {
  options: Options
  storage: Pick<Store, 'list'>
  /** Of all tabs. */
  journal: Core['session']
  visitor: Pick<VisitorPart, 'state' | 'observe'>
  permission: { mayStore(): boolean }
  /** A whole sentence, once. */
  say(code: ErrorCode, says: string): void
  enter(ground: Ground): Promise<I>
}

/** What the launcher gives back. */
export interface Ui<I extends Inside = Inside> {
  open(): Promise<void>
  close(): Promise<void>
  toggle(): Promise<void>
  show(): void
  hide(): void
  inside(): Promise<I>
  destroy(): void
}
