import { h } from 'preact'
import { useSignal } from '@preact/signals'
import type { Strings } from '../strings/en'
import { choicesOf, initialValuesOf, positiveOf, type BlockNode } from './uikit'

export interface ButtonState {
  'aria-disabled': boolean
  onClick(): void
}

export interface ChoiceProps {
  element: BlockNode
  /** What stands above the element and names it. */
  label?: string
  hint: string
  strings: Strings
  /** For a button that sends this value, or opens this address. */
  pressing(value: string | string[], url?: string): ButtonState
  onValue(value: string): void
}

export const Select = ({ element, label, hint, onValue }: ChoiceProps) => {
  const [initial] = initialValuesOf(element)
  return (
    <select
      class="input"
      aria-label={label || hint}
      onChange={(event) => event.currentTarget.value && onValue(event.currentTarget.value)}
    >
      <option value="">{hint}</option>
      {choicesOf(element).map(({ label: name, value }) => (
        <option key={value} value={value} selected={value === initial}>
          {name}
        </option>
      ))}
    </select>
  )
}

export const MultiSelect = ({ element, label, hint, strings, pressing }: ChoiceProps) => {
  const chosen = useSignal(initialValuesOf(element))
  const most = positiveOf(element.maxSelectItems) ?? Infinity
  const isChosen = (value: string) => chosen.value.includes(value)
  return (
    <fieldset class="multi-select" aria-label={label}>
      {!label && <legend>{hint}</legend>}
      {choicesOf(element).map(({ label: name, value }) => (
        <label key={value}>
          <input
            type="checkbox"
            value={value}
            checked={isChosen(value)}
            disabled={chosen.value.length >= most && !isChosen(value)}
            onChange={(event) =>
              (chosen.value = event.currentTarget.checked
                ? [...chosen.value, value]
                : chosen.value.filter((each) => each !== value))
            }
          />
          {name}
        </label>
      ))}
      <button type="button" class="secondary" disabled={!chosen.value.length} {...pressing(chosen.value)}>
        {strings.send}
      </button>
    </fieldset>
  )
}

export const Overflow = ({ element, strings, pressing }: ChoiceProps) => (
  <details class="overflow">
    <summary class="secondary" aria-label={strings.more}>
      ⋯
    </summary>
    {choicesOf(element).map(({ label: name, value, url }) => (
      <button key={value} type="button" {...pressing(value, url)}>
        {name}
      </button>
    ))}
  </details>
)
