import { h } from 'preact'
import type { ComponentChildren } from 'preact'
import { useSignal } from '@preact/signals'
import { isTrusted } from '../../wire/media'
import { fill } from '../view/format'
import type { View } from '../view/view'

export interface OnDemandProps {
  view: View
  /** What would be fetched. */
  url: string
  children: ComponentChildren
}

/** A picture, a sound or a film: drawn, and so fetched, when its host is trusted or the visitor asks for it. */
export const OnDemand = ({ view: { core, strings }, url, children }: OnDemandProps) => {
  const isAskedFor = useSignal(false)
  const { media } = core.options()
  if (isAskedFor.value || (media !== 'click' && isTrusted(core.server, media, url))) return children
  return (
    <button type="button" class="file" onClick={() => (isAskedFor.value = true)}>
      {fill(strings.loadFrom, { host: new URL(url).host })}
    </button>
  )
}
