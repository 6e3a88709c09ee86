export interface LauncherProps {
  name: string
  unreadWords: string
  expanded: boolean
  busy: boolean
  unread: number
  onClick(): void
  onIntent(): void
}

export const Launcher = ({ name, unreadWords, expanded, busy, unread, onClick, onIntent }: LauncherProps) => (
  <button
    type="button"
    part="launcher"
    class={busy ? 'launcher busy' : 'launcher'}
    aria-label={unread ? `${name}. ${unreadWords}: ${unread}` : name}
    aria-expanded={expanded}
    aria-haspopup="dialog"
    onClick={onClick}
    onPointerEnter={onIntent}
    onFocus={onIntent}
    onTouchStart={onIntent}
  >
    <svg viewBox="0 0 32 32" aria-hidden="true">
      {expanded ? (
        <path d="m9 13 7 7 7-7" />
      ) : (
        <>
          <circle cx="7.5" cy="16" r="2" />
          <circle cx="14.5" cy="16" r="3" />
          <circle cx="23.5" cy="16" r="4" />
        </>
      )}
    </svg>
    {unread > 0 && (
      <span part="badge" class="badge" aria-hidden="true">
        {unread > 99 ? '99+' : unread}
      </span>
    )}
  </button>
)
