import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { Field } from './Field'
import type { Strings } from '../strings/en'
import type { View } from '../view/view'

const labels = (t: Strings): Record<string, string> => ({
  satisfaction: t.satisfaction,
  agentKnowledge: t.agentKnowledge,
  // Spelled so by the server.
  agentResposiveness: t.agentResponsiveness,
  agentFriendliness: t.agentFriendliness,
})

export const Survey = ({ view: { chat, strings } }: { view: View }) => {
  const state = useSignal<'asking' | 'working' | 'done' | 'failed'>('asking')
  const config = chat.config.value
  if (!config) return null
  const { items, values } = config.survey
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const answers = Object.fromEntries(
      [...new FormData(event.currentTarget as HTMLFormElement)]
        .map(([name, value]) => [name, String(value).trim()])
        .filter(([, value]) => value),
    )
    if (!Object.keys(answers).length) return
    state.value = 'working'
    try {
      await chat.survey(answers)
      state.value = 'done'
    } catch {
      state.value = 'failed'
    }
  }
  if (state.value === 'done') return <p role="status">{strings.surveyThanks}</p>
  return (
    <form class="survey" onSubmit={(event) => void send(event)}>
      <h4>{strings.surveyTitle}</h4>
      {items.map((item) => (
        <fieldset key={item}>
          <legend>{labels(strings)[item] ?? item}</legend>
          <span class="scale">
            {values.map((value, index) => (
              <label key={value}>
                <input
                  type="radio"
                  name={item}
                  value={value}
                  aria-label={`${value}${index ? (index === values.length - 1 ? `, ${strings.surveyBest}` : '') : `, ${strings.surveyWorst}`}`}
                />
                <span aria-hidden="true">{value}</span>
              </label>
            ))}
          </span>
        </fieldset>
      ))}
      <Field name="additionalFeedback" label={strings.feedback} type="area" strings={strings} />
      {state.value === 'failed' && (
        <p class="error" role="alert">
          {strings.failed}
        </p>
      )}
      <button type="submit" class="secondary" disabled={state.value === 'working'}>
        {strings.surveySend}
      </button>
    </form>
  )
}
