import { h } from 'preact'
import { useSignal } from '@preact/signals'

export interface AvatarProps {
  name: string
  url?: string
  status?: string | false
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()

/** A picture, or initials where there is none or it does not load. */
export const Avatar = ({ name, url, status }: AvatarProps) => {
  const brokenUrl = useSignal<string | undefined>(undefined)
  return (
    <span class="avatar" aria-hidden="true">
      {url && brokenUrl.value !== url ? (
        <img src={url} alt="" referrerpolicy="no-referrer" onError={() => (brokenUrl.value = url)} />
      ) : (
        initials(name)
      )}
      {status && <i class={`status-dot ${status}`} />}
    </span>
  )
}
