import { useSignal } from '@preact/signals'
import type { Chat } from '../../chat/contracts'
import { safeHref } from '../panel/view'
import type { Strings } from '../strings/en'
import { addressOf, choices, text, type Choice, type Shape } from './decode'

export type Act = (action: Parameters<Chat['act']>[1]) => Promise<void>

export interface ElementProps {
  block: Shape
  element: Shape
  t: Strings
  disabled: boolean
  onAct: Act
}

/** One thing to press or choose. */
export const Element = ({ block, element, t, disabled, onAct }: ElementProps) => {
  const chosen = useSignal<string[]>([])
  const address = addressOf(block, element)
  const act = (value: string) => void onAct({ ...address, value })
  const href = safeHref(text(element.url))
  const label = address.actionId === 'joinLivechat' ? t.joinCall : text(element.text)
  const hint = text(element.placeholder) || t.choose
  const kind = element.style === 'danger' ? 'main danger' : element.style === 'primary' || address.actionId === 'joinLivechat' ? 'main' : 'quiet'

  const go = ({ value, url }: Choice) => {
    const target = safeHref(url)
    if (target) open(target, '_blank', 'noopener')
    else act(value)
  }

  switch (element.type) {
    case 'button':
      return href ? (
        <a class={kind} href={href} target="_blank" rel="noopener noreferrer">
          {label}
        </a>
      ) : (
        <button type="button" class={kind} disabled={disabled} onClick={() => act(text(element.value))}>
          {label}
        </button>
      )
    case 'static_select':
      return (
        <select class="entry" aria-label={hint} disabled={disabled} onChange={(event) => event.currentTarget.value && act(event.currentTarget.value)}>
          <option value="">{hint}</option>
          {choices(element).map(({ label: name, value }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )
    case 'multi_static_select':
      return (
        <fieldset class="several" disabled={disabled}>
          <legend>{hint}</legend>
          {choices(element).map(({ label: name, value }) => (
            <label key={value}>
              <input
                type="checkbox"
                value={value}
                onChange={(event) => (chosen.value = event.currentTarget.checked ? [...chosen.value, value] : chosen.value.filter((each) => each !== value))}
              />
              {name}
            </label>
          ))}
          <button type="button" class="quiet" disabled={disabled || !chosen.value.length} onClick={() => act(JSON.stringify(chosen.value))}>
            {t.send}
          </button>
        </fieldset>
      )
    case 'overflow':
      return (
        <details class="overflow">
          <summary class="quiet" aria-label={t.more}>
            ⋯
          </summary>
          {choices(element).map((choice) => (
            <button key={choice.value} type="button" disabled={disabled} onClick={() => go(choice)}>
              {choice.label}
            </button>
          ))}
        </details>
      )
    default:
      return null
  }
}
