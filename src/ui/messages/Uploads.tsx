import { CloseIcon } from '../view/icons'
import { FileIcon } from './icons'
import { failureText } from './failureText'
import type { View } from '../view/view'
import { fill } from '../view/words'

export const Uploads = ({ view: { chat, t } }: { view: View }) => {
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
              <small class="wrong" role="alert">
                {state === 'unknown' ? t.fileUnknown : `${t.notSent} ${failure ? failureText(failure, t) : ''} `}
                {state === 'failed' && (
                  <button type="button" onClick={() => chat.retryUpload(id)}>
                    {t.sendAgain}
                  </button>
                )}
              </small>
            )}
          </span>
          <button
            type="button"
            class="round"
            aria-label={state === 'sending' ? fill(t.cancelUpload, { name }) : t.discard}
            onClick={() => chat.cancelUpload(id)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  ) : null
}
