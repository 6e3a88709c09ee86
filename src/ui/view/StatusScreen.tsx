import { h } from 'preact'
import type { ComponentChildren } from 'preact'

export interface StatusScreenProps {
  title?: string
  text: string
  isBusy?: boolean
  /** What the visitor can do about it. */
  children?: ComponentChildren
}

/** A screen that says one thing, with little or nothing to do. */
export const StatusScreen = ({ title, text, isBusy, children }: StatusScreenProps) => (
  <div class="status-screen" role={children ? undefined : 'status'}>
    <span class={isBusy ? 'dots' : 'growing-dots'} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    {title && <h3>{title}</h3>}
    <p>{text}</p>
    {children}
  </div>
)
