import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { Field } from './Field'
import type { Strings } from '../strings/en'
import type { View } from '../view/view'

const labelsOf = (t: Strings) =>
  new Map([
    ['satisfaction', t.satisfaction],
    ['agentKnowledge', t.agentKnowledge],
    // Spelled so by the server.
    ['agentResposiveness', t.agentResponsiveness],
    ['agentFriendliness', t.agentFriendliness],
  ])

/** Names of ours, because an input hides whatever its form has under the same name: see Form. */
const inputName = (index: number): string => `item-${index}`

export const Survey = ({ view: { chat, strings } }: { view: View }) => {
  const state = useSignal<'asking' | 'working' | 'done' | 'failed'>('asking')
  const config = chat.config.value
  if (!config) return null
  const { items, values } = config.survey
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget as HTMLFormElement)
    const answers = Object.fromEntries(
      [...items.map((item, index) => [item, inputName(index)]), ['additionalFeedback', 'feedback']].flatMap(
        ([item = '', name = '']) => {
          const value = `${given.get(name) ?? ''}`.trim()
          return value ? [[item, value]] : []
        },
      ),
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
      {items.map((item, place) => (
        <div key={item} class="rated" role="radiogroup" aria-label={labelsOf(strings).get(item) ?? item}>
          <span aria-hidden="true">{labelsOf(strings).get(item) ?? item}</span>
          <span class="scale">
            {values.map((value, index) => (
              <label key={value}>
                <input
                  type="radio"
                  name={inputName(place)}
                  value={value}
                  aria-label={`${value}${index ? (index === values.length - 1 ? `, ${strings.surveyBest}` : '') : `, ${strings.surveyWorst}`}`}
                />
                <span aria-hidden="true">{value}</span>
              </label>
            ))}
          </span>
        </div>
      ))}
      <Field name="feedback" label={strings.feedback} type="area" strings={strings} />
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
