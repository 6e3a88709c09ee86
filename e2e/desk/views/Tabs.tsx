import { h } from 'preact'
/** A row of tabs; the arrows move between them, as everywhere. */
export const Tabs = <T extends string>({
  label,
  names,
  current,
  onChoose,
  class: className = '',
}: {
  label: string
  names: Record<T, string>
  current: T
  onChoose(name: T): void
  class?: string
}) => {
  const keys = Object.keys(names) as T[]
  const move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const next = keys[(keys.indexOf(current) + step + keys.length) % keys.length] ?? current
    onChoose(next)
    ;(event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus()
  }
  return (
    <div role="tablist" aria-label={label} class={`tabs ${className}`} onKeyDown={move}>
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          role="tab"
          data-tab={key}
          aria-selected={key === current}
          tabIndex={key === current ? 0 : -1}
          onClick={() => onChoose(key)}
        >
          {names[key]}
        </button>
      ))}
    </div>
  )
}
