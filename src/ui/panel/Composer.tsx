import { h } from 'preact'
import { SendIcon } from '../view/icons'
import { fetchMessages } from '../view/fetched'
import { countOf } from '../view/format'
import type { View } from '../view/view'
import { FileButton } from './FileButton'
import type { FileIntake } from './useFiles'
import { useText } from './useText'

/** From this part of the limit on, the visitor is told how many characters are left. */
const nearlyFull = 0.8

export interface ComposerProps {
  view: View
  files: FileIntake
}

export const Composer = ({ view, files }: ComposerProps) => {
  const { chat, strings, language } = view
  const { area, text, onInput, send } = useText(chat)
  const config = chat.config.value
  const limit = config?.textLimit
  // As the server counts: in UTF-16 units, of what will be sent.
  const { length } = text.trim()
  const isEmpty = !length
  const isTooLong = limit !== undefined && length > limit

  const sendIfAllowed = () => {
    if (!isEmpty && !isTooLong) send()
  }

  return (
    <form
      part="composer"
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        sendIfAllowed()
      }}
    >
      {limit !== undefined && length > limit * nearlyFull && (
        <p class={isTooLong ? 'characters-left error' : 'characters-left'} role="status">
          {isTooLong
            ? countOf(language, strings.charactersOver, length - limit)
            : countOf(language, strings.charactersLeft, limit - length)}
        </p>
      )}
      {files.refusal && (
        <p class="characters-left error" role="alert">
          {files.refusal}
        </p>
      )}
      <div class="composer-field">
        {config?.canUpload && (
          <FileButton
            label={strings.attach}
            onIntent={chat.checkPassage}
            mayChoose={files.mayTake}
            onFiles={files.take}
          />
        )}
        <textarea
          ref={area}
          rows={1}
          dir={isEmpty ? undefined : 'auto'}
          enterkeyhint="send"
          aria-label={strings.write}
          placeholder={strings.write}
          onInput={(event) => {
            onInput(event.currentTarget.value)
            files.forgetRefusal()
            fetchMessages().catch(() => {})
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
            event.preventDefault()
            sendIfAllowed()
          }}
          onPaste={(event) => {
            if (files.take(event.clipboardData?.files)) event.preventDefault()
          }}
        />
        <button type="submit" class="icon-button send" aria-label={strings.send} disabled={isEmpty || isTooLong}>
          <SendIcon />
        </button>
      </div>
    </form>
  )
}
