import { h } from 'preact'
export interface LauncherProps {
  name: string
  isExpanded: boolean
  /** The panel is on its way. */
  isBusy: boolean
  unread: number
  onClick(): void
  /** The visitor is about to press. */
  onIntent(): void
}

export const Launcher = ({ name, isExpanded, isBusy, unread, onClick, onIntent }: LauncherProps) => (
  <button
    part="launcher"
    class={isBusy ? 'launcher busy' : 'launcher'}
    aria-label={unread ? `${name} ${unread}` : name}
    aria-expanded={isExpanded}
    aria-haspopup="dialog"
    onClick={onClick}
    onPointerEnter={onIntent}
    onFocus={onIntent}
  >
    <svg viewBox="0 0 32 32">
      <path
        d={
          isExpanded
            ? 'm9 12-2 2 9 9 9-9-2-2-7 7z'
            : 'M5 14a2 2 0 1 0 .1 0M13 12.5a3.5 3.5 0 1 0 .1 0M25 11a5 5 0 1 0 .1 0'
        }
      />
    </svg>
    {!!unread && (
      <span part="badge" class="badge">
        {unread}
      </span>
    )}
  </button>
)
