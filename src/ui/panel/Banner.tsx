import { useSignal } from '@preact/signals'
import { useLayoutEffect } from 'preact/hooks'
import { fill, span } from './words'
import type { View } from './view'

/** Says plainly why nothing moves, and for how long. */
export const Banner = ({ view: { core, chat, t, language } }: { view: View }) => {
  const now = useSignal(core.clock.now())
  const online = useSignal(core.page.online())
  const { state, retryAtMs = 0, limited } = chat.connection.value
  const left = Math.ceil((retryAtMs - now.value) / 1000)
  const counting = state === 'waiting' && left > 0 && online.value
  useLayoutEffect(() => core.page.observe(() => (online.value = core.page.online())), [])
  useLayoutEffect(() => {
    now.value = core.clock.now()
  }, [retryAtMs])
  useLayoutEffect(() => (counting ? core.clock.after(1000, () => (now.value = core.clock.now())) : undefined), [counting, left])
  const refused = chat.registration.value
  const says = !online.value
    ? t.noNetwork
    : counting
      ? fill(limited ? t.limited : t.noConnection, { time: span(language, left) })
      : state === 'connecting' || state === 'waiting'
        ? t.reconnecting
        : refused.kind === 'refused'
          ? t.notRegistered
          : refused.kind === 'waiting'
            ? t.registering
            : ''
  return (
    <p class="banner" role="status">
      {says}
    </p>
  )
}
