import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import { fill, duration } from '../view/format'
import type { View } from '../view/view'

/** What is over sooner than this is not mentioned. */
const patienceMs = 1200

/** Says why nothing arrives or leaves at the moment, and for how long. */
export const Banner = ({ view: { core, chat, strings, language } }: { view: View }) => {
  const nowMs = useSignal(core.clock.now())
  const isOnline = useSignal(core.page.online())
  const isLate = useSignal(false)
  const { state, retryAtMs = 0, limited } = chat.connection.value
  const registration = chat.registration.value.kind
  const leftSeconds = Math.ceil((retryAtMs - nowMs.value) / 1000)
  const isCountingDown = state === 'waiting' && leftSeconds > 0
  const isLost = state === 'connecting' || state === 'waiting'
  /** When it was noticed that the server does not answer. */
  const lostAtMs = useMemo(() => core.clock.now(), [isLost])
  const passingText = isLost ? strings.reconnecting : registration === 'waiting' ? strings.registering : ''
  useLayoutEffect(() => core.page.observe(() => (isOnline.value = core.page.online())), [])
  useLayoutEffect(() => void (nowMs.value = core.clock.now()), [retryAtMs, state])
  useLayoutEffect(
    () => (isCountingDown ? core.clock.after(1000, () => (nowMs.value = core.clock.now())) : undefined),
    [isCountingDown, leftSeconds],
  )
  useLayoutEffect(() => {
    isLate.value = false
    return passingText ? core.clock.after(patienceMs, () => (isLate.value = true)) : undefined
  }, [passingText])
  const text = !isOnline.value
    ? strings.noNetwork
    : isCountingDown
      ? fill(limited ? strings.limited : strings.noConnection, {
          time: duration(language, leftSeconds),
          kept: chat.stage.value === 'talk' ? strings.kept : '',
          since: new Date(lostAtMs).toLocaleTimeString(language, { timeStyle: 'short' }),
        })
      : passingText
        ? isLate.value && passingText
        : registration === 'refused' && strings.notRegistered
  // Read aloud when it begins, and not again at every second.
  const spoken = useMemo(() => text, [isOnline.value && isCountingDown ? state : text])
  return (
    <div>
      <p class="banner" aria-hidden="true">
        {text}
      </p>
      <p class="visually-hidden" role="status">
        {spoken}
      </p>
    </div>
  )
}
