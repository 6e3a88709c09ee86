import { AwayIcon } from '../icons'

export const Plain = ({ text, busy }: { text: string; busy?: boolean }) => (
  <div class="plain" role="status">
    {busy ? (
      <span class="dots">
        <i />
        <i />
        <i />
      </span>
    ) : (
      <span class="emblem">
        <AwayIcon />
      </span>
    )}
    <p>{text}</p>
  </div>
)
