import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { Form } from './Form'
import type { View } from '../view/view'
import { isEmail } from '../../wire/email'
import { Survey } from './Survey'

/** After the end of a conversation: a survey, a transcript by e-mail, and a new conversation. */
export const FinishedScreen = ({ view }: { view: View }) => {
  const { core, chat, strings } = view
  const config = chat.config.value
  const isTranscriptSent = useSignal(false)
  if (!config) return null
  return (
    <div class="screen finished">
      <h3>{config.finished.message || strings.finishedTitle}</h3>
      <p class="text">{config.finished.text || strings.finishedText}</p>
      {config.survey.items.length > 0 && <Survey view={view} />}
      {config.askTranscript &&
        (isTranscriptSent.value ? (
          <p role="status">{strings.transcriptSent}</p>
        ) : (
          <details>
            <summary>{strings.transcript}</summary>
            {config.transcriptMessage && <p class="text">{config.transcriptMessage}</p>}
            <Form
              view={view}
              fields={[{ name: 'email', label: strings.email, type: 'email', autocomplete: 'email', required: true }]}
              submit={strings.send}
              onSubmit={async ({ email = '' }): Promise<Record<string, string>> => {
                if (!isEmail(email)) return { email: 'email' }
                await chat.transcript(email)
                isTranscriptSent.value = true
                return {}
              }}
            />
          </details>
        ))}
      <button type="button" class="primary" onClick={core.guard(chat.startNew)}>
        {strings.newChat}
      </button>
    </div>
  )
}
