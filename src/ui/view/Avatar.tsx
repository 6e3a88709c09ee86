import { useSignal } from '@preact/signals'

export interface AvatarProps {
  name: string
  url?: string
  status?: string
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
  const broken = useSignal<string | undefined>(undefined)
  return (
    <span class="avatar" aria-hidden="true">
      {url && broken.value !== url ? (
        <img src={url} alt="" referrerpolicy="no-referrer" onError={() => (broken.value = url)} />
      ) : (
        initials(name)
      )}
      {status && <i class={`status-dot ${status}`} />}
    </span>
  )
}
