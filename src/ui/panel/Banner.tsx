import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { fill, duration } from '../view/format'
import type { View } from '../view/view'

/** What lasts no longer than this is not worth a word. */
const patienceMs = 1200

/** Says plainly why nothing moves, and for how long. */
export const Banner = ({ view: { core, chat, strings, language } }: { view: View }) => {
  const now = useSignal(core.clock.now())
  const online = useSignal(core.page.online())
  const late = useSignal(false)
  const { state, retryAtMs = 0, limited } = chat.connection.value
  const registration = chat.registration.value.kind
  const left = Math.ceil((retryAtMs - now.value) / 1000)
  const counting = state === 'waiting' && left > 0
  const passing =
    state === 'connecting' || state === 'waiting'
      ? strings.reconnecting
      : registration === 'waiting'
        ? strings.registering
        : ''
  useLayoutEffect(() => core.page.observe(() => (online.value = core.page.online())), [])
  useLayoutEffect(() => {
    now.value = core.clock.now()
  }, [retryAtMs])
  useLayoutEffect(
    () => (counting ? core.clock.after(1000, () => (now.value = core.clock.now())) : undefined),
    [counting, left],
  )
  useLayoutEffect(() => {
    late.value = false
    return passing ? core.clock.after(patienceMs, () => (late.value = true)) : undefined
  }, [passing])
  return (
    <p class="banner" role="status">
      {!online.value
        ? strings.noNetwork
        : counting
          ? fill(limited ? strings.limited : strings.noConnection, { time: duration(language, left) })
          : passing
            ? late.value && passing
            : registration === 'refused' && strings.notRegistered}
    </p>
  )
}
