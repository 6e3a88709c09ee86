export interface PlainProps {
  title?: string
  text: string
  busy?: boolean
}

/** One thing to say, and nothing to do. */
export const Plain = ({ title, text, busy }: PlainProps) => (
  <div class="plain" role="status">
    <span class={busy ? 'dots' : 'trail'} aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
    {title && <h3>{title}</h3>}
    <p>{text}</p>
  </div>
)
