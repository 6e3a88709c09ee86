/** What a trigger of the server says to somebody who has not opened the chat. Plain text, plain props. */
export interface GreetingProps {
  author: string
  text: string
  avatarUrl?: string
  close: string
  onOpen(): void
  onDismiss(): void
}

export const Greeting = ({ author, text, avatarUrl, close, onOpen, onDismiss }: GreetingProps) => (
  <div class="greeting" role="status">
    <button type="button" class="say" onClick={onOpen}>
      {avatarUrl && <img src={avatarUrl} alt="" width="32" height="32" />}
      <span>
        <b>{author}</b>
        {text}
      </span>
    </button>
    <button type="button" class="dismiss" aria-label={close} onClick={onDismiss}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="m7 7 10 10M17 7 7 17" />
      </svg>
    </button>
  </div>
)
