export interface LauncherProps {
  name: string
  expanded: boolean
  busy: boolean
  unread: number
  onClick(): void
  onIntent(): void
}

export const Launcher = ({ name, expanded, busy, unread, onClick, onIntent }: LauncherProps) => (
  <button
    part="launcher"
    class={busy ? 'launcher busy' : 'launcher'}
    aria-label={unread ? `${name} ${unread}` : name}
    aria-expanded={expanded}
    aria-haspopup="dialog"
    onClick={onClick}
    onPointerEnter={onIntent}
    onFocus={onIntent}
    onTouchStart={onIntent}
  >
    <svg viewBox="0 0 32 32">
      <path
        d={
          expanded
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
