import { h } from 'preact'
import { CloseIcon } from '../view/icons'
import { FileIcon } from './icons'
import { failureText } from './failureText'
import type { View } from '../view/view'
import { fill } from '../view/format'

export const Uploads = ({ view: { chat, strings } }: { view: View }) => {
  const uploads = chat.uploads.value
  return uploads.length ? (
    <ul class="uploads">
      {uploads.map(({ id, name, progress, state, failure }) => (
        <li key={id}>
          <FileIcon />
          <span>
            <b>{name}</b>
            {state === 'sending' ? (
              <progress value={progress} aria-label={name} />
            ) : (
              <small class="error" role="alert">
                {state === 'unknown'
                  ? strings.fileUnknown
                  : `${strings.notSent} ${failure ? failureText(failure, strings) : ''} `}
                {state === 'failed' && (
                  <button type="button" onClick={() => chat.retryUpload(id)}>
                    {strings.sendAgain}
                  </button>
                )}
              </small>
            )}
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={state === 'sending' ? fill(strings.cancelUpload, { name }) : strings.discard}
            onClick={() => chat.cancelUpload(id)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  ) : null
}
