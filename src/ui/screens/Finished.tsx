import { useSignal } from '@preact/signals'
import { Fields } from '../view/Fields'
import type { View } from '../view/view'
import { isEmail } from '../../wire/email'
import { Survey } from './Survey'

/** After the end: what was said, how it was, and where to go from here. */
export const Finished = ({ view }: { view: View }) => {
  const { chat, t } = view
  const config = chat.config.value
  const mailed = useSignal(false)
  if (!config) return null
  return (
    <div class="page ended">
      <h3>{config.finished.message || t.finishedTitle}</h3>
      <p class="long">{config.finished.text || t.finishedText}</p>
      {config.survey.items.length > 0 && <Survey view={view} />}
      {config.askTranscript &&
        (mailed.value ? (
          <p role="status">{t.transcriptSent}</p>
        ) : (
          <details>
            <summary>{t.transcript}</summary>
            {config.transcriptMessage && <p class="long">{config.transcriptMessage}</p>}
            <Fields
              view={view}
              entries={[{ name: 'email', label: t.email, type: 'email', autocomplete: 'email', required: true }]}
              submit={t.send}
              onSubmit={async ({ email = '' }): Promise<Record<string, string>> => {
                if (!isEmail(email)) return { email: 'email' }
                await chat.transcript(email)
                mailed.value = true
                return {}
              }}
            />
          </details>
        ))}
      <button type="button" class="main" onClick={() => void chat.startNew()}>
        {t.newChat}
      </button>
    </div>
  )
}
