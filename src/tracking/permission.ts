import type { Options } from '../options'
import type { Journal } from '../browser/ports'
import type { Permission } from './contracts'
import { consentKey, openedKey } from './keys'

const signalled = (): boolean =>
  !!(navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack === '1'

/** What the visitor and the host allow. Two facts, read synchronously: a page may be left before a database has opened. */
export const createPermission = (
  { tracking, honorPrivacySignals }: Pick<Options, 'tracking' | 'honorPrivacySignals'>,
  notes: Journal,
): Permission => {
  let consented = notes.read<boolean>(consentKey)
  let opened = !!notes.read<boolean>(openedKey)
  const onOpen = tracking === 'on-open'
  const asks = tracking === 'consent' || (!!honorPrivacySignals && signalled())
  return {
    /** Whether visits are noticed by themselves. */
    mayTrack: () => tracking !== 'off' && (consented ?? (!asks && (!onOpen || opened))),
    /** Whether a visit the host reports by hand is taken. */
    mayReport: () => consented ?? !asks,
    /** Whether anything is stored or asked at all; opening the chat is asking for it. */
    mayStore: () => opened || (consented ?? (!asks && !onOpen)),
    consent(granted: boolean) {
      consented = granted
      // Where agreement is asked for, its absence needs no note.
      if (granted || !asks) notes.write(consentKey, granted)
      else notes.remove(consentKey)
      opened &&= granted
    },
    open() {
      opened = true
      if (asks || onOpen) notes.write(openedKey, true)
    },
  }
}
