import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { ClipIcon, SendIcon } from '../view/icons'
import { fetchMessages } from '../view/fetched'
import type { View } from '../view/view'
import { countOf } from '../view/format'

/** From here on the visitor is told how much room is left. */
const nearlyFull = 0.8

export const Composer = ({ view }: { view: View }) => {
  const { chat, strings, language } = view
  const area = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const text = useSignal('')
  const config = chat.config.value
  const limit = config?.textLimit
  const length = [...text.value].length
  const empty = !text.value.trim()
  const over = limit !== undefined && length > limit

  const fit = () => {
    const { style } = area.current!
    style.height = 'auto'
    style.height = `${area.current!.scrollHeight}px`
  }
  const write = (next: string) => {
    text.value = next
    if (area.current!.value !== next) area.current!.value = next
    fit()
  }
  useLayoutEffect(() => {
    chat.draft().then(
      (draft) => {
        if (draft && area.current && !text.value) write(draft)
      },
      () => {},
    )
  }, [])

  const send = () => {
    if (empty || over) return
    const words = text.value.trim()
    write('')
    chat.setDraft('')
    void chat.send(words).catch(() => {
      write(words)
      chat.setDraft(words)
    })
    area.current!.focus()
  }
  const attach = (files: Iterable<File> | null | undefined) => {
    const list = [...(files ?? [])]
    if (list.length) chat.attach(list)
    return list.length > 0
  }

  return (
    <form
      part="composer"
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {limit !== undefined && length > limit * nearlyFull && (
        <p class={over ? 'characters-left error' : 'characters-left'} role="status">
          {over
            ? countOf(language, strings.charactersOver, length - limit)
            : countOf(language, strings.charactersLeft, limit - length)}
        </p>
      )}
      <div class="composer-field">
        {config?.canUpload && (
          <>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                attach(event.currentTarget.files)
                event.currentTarget.value = ''
              }}
            />
            <button
              type="button"
              class="icon-button"
              aria-label={strings.attach}
              onClick={() => picker.current!.click()}
            >
              <ClipIcon />
            </button>
          </>
        )}
        <textarea
          ref={area}
          rows={1}
          dir={empty ? undefined : 'auto'}
          enterkeyhint="send"
          aria-label={strings.write}
          placeholder={strings.write}
          onInput={(event) => {
            write(event.currentTarget.value)
            chat.setDraft(event.currentTarget.value)
            chat.typed()
            void fetchMessages().catch(() => {})
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            send()
          }}
          onPaste={(event) => {
            if (config?.canUpload && attach(event.clipboardData?.files)) event.preventDefault()
          }}
        />
        <button type="submit" class="icon-button send" aria-label={strings.send} disabled={empty || over}>
          <SendIcon />
        </button>
      </div>
    </form>
  )
}
