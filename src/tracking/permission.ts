import type { Options } from '../options'
import type { Journal } from '../browser/ports'
import type { Permission } from './contracts'
import { consentKey, openedKey } from './keys'

/** Global Privacy Control (https://w3c.github.io/gpc/) or Do Not Track. */
const hasPrivacySignal = (): boolean =>
  !!(navigator as Navigator & { globalPrivacyControl?: boolean }).globalPrivacyControl || navigator.doNotTrack === '1'

/** What the visitor and the host allow, by two notes that are read synchronously: a page may be left before a database has opened. */
export const createPermission = (
  { tracking, honorPrivacySignals }: Pick<Options, 'tracking' | 'honorPrivacySignals'>,
  notes: Journal,
): Permission => {
  /** What the visitor, or the host for them, has answered when asked for consent; undefined before. */
  let answer = notes.read<boolean>(consentKey)
  // What stands in the browser's storage may be anything, and is no consent then.
  if (answer !== !!answer) answer = undefined
  let wasOpened = notes.read(openedKey) === true
  const waitsForOpening = tracking === 'on-open'
  const asksForConsent = tracking === 'consent' || (!!honorPrivacySignals && hasPrivacySignal())
  const mayReport = () => answer ?? !asksForConsent
  // Where only the opening is waited for, who opens the chat asks for it. Where consent is, the panel asks first.
  const mayStore = () => mayReport() && (answer ?? (!waitsForOpening || wasOpened))
  return {
    mayTrack: () => tracking !== 'off' && mayStore(),
    mayReport,
    mayStore,
    consent(granted: boolean) {
      answer = granted
      // Where consent is asked for, a refusal needs no note: without one nothing is allowed either.
      if (granted || !asksForConsent) notes.write(consentKey, granted)
      else notes.remove(consentKey)
      wasOpened &&= granted
    },
    open() {
      wasOpened = true
      if (waitsForOpening && mayReport()) notes.write(openedKey, true)
    },
  }
}
