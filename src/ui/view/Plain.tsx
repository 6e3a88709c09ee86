import type { ComponentChildren } from 'preact'

export interface PlainProps {
  title?: string
  text: string
  busy?: boolean
  /** What is to be done about it. */
  children?: ComponentChildren
}

/** One thing to say, and little or nothing to do. */
export const Plain = ({ title, text, busy, children }: PlainProps) => (
  <div class="plain" role={children ? undefined : 'status'}>
    <span class={busy ? 'dots' : 'trail'} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    {title && <h3>{title}</h3>}
    <p>{text}</p>
    {children}
  </div>
)
