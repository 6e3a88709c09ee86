import { useSignal } from '@preact/signals'
import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import { safeHref } from '../view/view'
import type { Strings } from '../strings/en'
import { addressOf, choicesOf, initialValuesOf, positiveOf, textOf, type BlockNode } from './uikit'
import { TextEntry } from './TextEntry'

export type Act = (action: Parameters<Chat['act']>[1]) => Promise<void>

export interface ElementProps {
  block: BlockNode
  element: BlockNode
  /** What stands above it and names it. */
  label?: string
  clock: Core['clock']
  strings: Strings
  /** Something that was pressed is on its way: a second press in haste is none. */
  isBusy: boolean
  onAct: Act
}

export const isKnown = ({ type }: BlockNode): boolean =>
  /^(button|static_select|multi_static_select|overflow|datepicker|plain_text_input)$/.test(textOf(type))

/** One thing to press, choose or write. */
export const Element = ({ block, element, label, clock, strings, isBusy, onAct }: ElementProps) => {
  const chosen = useSignal(initialValuesOf(element))
  const held = new Set(chosen.value)
  const address = addressOf(block, element)
  const act = (value: string | string[]) => void onAct({ ...address, value })
  const href = safeHref(textOf(element.url))
  const says = address.actionId === 'joinLivechat' ? strings.joinCall : textOf(element.text)
  const hint = textOf(element.placeholder) || strings.choose
  const most = positiveOf(element.maxSelectItems) ?? Infinity
  const kind =
    element.style === 'danger'
      ? 'primary danger'
      : element.style === 'primary' || address.actionId === 'joinLivechat'
        ? 'primary'
        : 'secondary'

  // The focus would be lost with a real `disabled`.
  const press = (value: string | string[], url?: string) => ({
    'aria-disabled': isBusy,
    onClick() {
      const target = safeHref(url)
      if (target) open(target, '_blank', 'noopener')
      else if (!isBusy) act(value)
    },
  })

  switch (element.type) {
    case 'button':
      return href ? (
        <a class={kind} href={href} target="_blank" rel="noopener noreferrer">
          {says}
        </a>
      ) : (
        <button type="button" class={kind} {...press(textOf(element.value))}>
          {says}
        </button>
      )
    case 'static_select':
      return (
        <select
          class="input"
          aria-label={label || hint}
          onChange={(event) => event.currentTarget.value && act(event.currentTarget.value)}
        >
          <option value="">{hint}</option>
          {choicesOf(element).map(({ label: name, value }) => (
            <option key={value} value={value} selected={held.has(value)}>
              {name}
            </option>
          ))}
        </select>
      )
    case 'multi_static_select':
      return (
        <fieldset class="multi-select" aria-label={label}>
          {!label && <legend>{hint}</legend>}
          {choicesOf(element).map(({ label: name, value }) => (
            <label key={value}>
              <input
                type="checkbox"
                value={value}
                checked={held.has(value)}
                disabled={chosen.value.length >= most && !held.has(value)}
                onChange={(event) =>
                  (chosen.value = event.currentTarget.checked
                    ? [...chosen.value, value]
                    : chosen.value.filter((each) => each !== value))
                }
              />
              {name}
            </label>
          ))}
          <button type="button" class="secondary" disabled={!chosen.value.length} {...press(chosen.value)}>
            {strings.send}
          </button>
        </fieldset>
      )
    case 'overflow':
      return (
        <details class="overflow">
          <summary class="secondary" aria-label={strings.more}>
            ⋯
          </summary>
          {choicesOf(element).map(({ label: name, value, url }) => (
            <button key={value} type="button" {...press(value, url)}>
              {name}
            </button>
          ))}
        </details>
      )
    case 'datepicker':
    case 'plain_text_input':
      return <TextEntry element={element} clock={clock} name={label || hint} onValue={act} />
    default:
      return null
  }
}
