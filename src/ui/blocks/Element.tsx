import { useSignal } from '@preact/signals'
import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import { safeHref } from '../view/view'
import type { Strings } from '../strings/en'
import { addressOf, choices, initially, positive, text, type Shape } from './decode'
import { Entry } from './Entry'

export type Act = (action: Parameters<Chat['act']>[1]) => Promise<void>

export interface ElementProps {
  block: Shape
  element: Shape
  /** What stands above it and names it. */
  label?: string
  clock: Core['clock']
  t: Strings
  /** Something that was pressed is on its way: a second press in haste is none. */
  busy: boolean
  onAct: Act
}

export const isKnown = ({ type }: Shape): boolean =>
  /^(button|static_select|multi_static_select|overflow|datepicker|plain_text_input)$/.test(text(type))

/** One thing to press, choose or write. */
export const Element = ({ block, element, label, clock, t, busy, onAct }: ElementProps) => {
  const chosen = useSignal(initially(element))
  const held = new Set(chosen.value)
  const address = addressOf(block, element)
  const act = (value: string | string[]) => void onAct({ ...address, value })
  const href = safeHref(text(element.url))
  const says = address.actionId === 'joinLivechat' ? t.joinCall : text(element.text)
  const hint = text(element.placeholder) || t.choose
  const most = positive(element.maxSelectItems) ?? Infinity
  const kind =
    element.style === 'danger'
      ? 'main danger'
      : element.style === 'primary' || address.actionId === 'joinLivechat'
        ? 'main'
        : 'quiet'

  // The focus would be lost with a real `disabled`.
  const press = (value: string | string[], url?: string) => ({
    'aria-disabled': busy,
    onClick() {
      const target = safeHref(url)
      if (target) open(target, '_blank', 'noopener')
      else if (!busy) act(value)
    },
  })

  switch (element.type) {
    case 'button':
      return href ? (
        <a class={kind} href={href} target="_blank" rel="noopener noreferrer">
          {says}
        </a>
      ) : (
        <button type="button" class={kind} {...press(text(element.value))}>
          {says}
        </button>
      )
    case 'static_select':
      return (
        <select
          class="entry"
          aria-label={label || hint}
          onChange={(event) => event.currentTarget.value && act(event.currentTarget.value)}
        >
          <option value="">{hint}</option>
          {choices(element).map(({ label: name, value }) => (
            <option key={value} value={value} selected={held.has(value)}>
              {name}
            </option>
          ))}
        </select>
      )
    case 'multi_static_select':
      return (
        <fieldset class="several" aria-label={label}>
          {!label && <legend>{hint}</legend>}
          {choices(element).map(({ label: name, value }) => (
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
          <button type="button" class="quiet" disabled={!chosen.value.length} {...press(chosen.value)}>
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
          {choices(element).map(({ label: name, value, url }) => (
            <button key={value} type="button" {...press(value, url)}>
              {name}
            </button>
          ))}
        </details>
      )
    case 'datepicker':
    case 'plain_text_input':
      return <Entry element={element} clock={clock} name={label || hint} onValue={act} />
    default:
      return null
  }
}
