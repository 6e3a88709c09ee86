import { h } from 'preact'
import type { Chat } from '../../chat/contracts'
import type { Core } from '../../visitor/contracts'
import { safeHref } from '../view/view'
import type { Strings } from '../strings/en'
import { MultiSelect, Overflow, Select, type ChoiceProps } from './choices'
import { TextEntry } from './TextEntry'
import { addressOf, textOf, type BlockNode } from './uikit'

/** The address is the server's, and the page may have put something of its own in the place of `open`. */
const openTab = (address: string): void => {
  try {
    open(address, '_blank', 'noopener')
  } catch {}
}

export type Act = (action: Parameters<Chat['act']>[1]) => Promise<void>

export interface ElementProps {
  block: BlockNode
  element: BlockNode
  /** What stands above the element and names it. */
  label?: string
  clock: Core['clock']
  strings: Strings
  /** An action is on its way to the server, and a second press does nothing. */
  isBusy: boolean
  onAct: Act
}

export const isKnown = ({ type }: BlockNode): boolean =>
  /^(button|static_select|multi_static_select|overflow|datepicker|plain_text_input)$/.test(textOf(type))

const buttonClass = (style: unknown, isCall: boolean): string =>
  style === 'danger' ? 'primary danger' : style === 'primary' || isCall ? 'primary' : 'secondary'

/** One element to press, to choose from or to write in. */
export const Element = ({ block, element, label, clock, strings, isBusy, onAct }: ElementProps) => {
  const address = addressOf(block, element)
  const act = (value: string | string[]) => void onAct({ ...address, value })
  const hint = textOf(element.placeholder) || strings.choose
  const choice: ChoiceProps = {
    element,
    label,
    hint,
    strings,
    // `disabled` would take the focus from the button.
    pressing: (value, url) => ({
      'aria-disabled': isBusy,
      onClick() {
        const target = safeHref(url)
        if (target) openTab(target)
        else if (!isBusy) act(value)
      },
    }),
    onValue: act,
  }

  switch (element.type) {
    case 'button': {
      const href = safeHref(textOf(element.url))
      const isCall = address.actionId === 'joinLivechat'
      const text = isCall ? strings.joinCall : textOf(element.text)
      const className = buttonClass(element.style, isCall)
      return href ? (
        <a class={className} href={href} target="_blank" rel="noopener noreferrer">
          {text}
        </a>
      ) : (
        <button type="button" class={className} {...choice.pressing(textOf(element.value))}>
          {text}
        </button>
      )
    }
    case 'static_select':
      return <Select {...choice} />
    case 'multi_static_select':
      return <MultiSelect {...choice} />
    case 'overflow':
      return <Overflow {...choice} />
    case 'datepicker':
    case 'plain_text_input':
      return <TextEntry element={element} clock={clock} name={label || hint} onValue={act} />
    default:
      return null
  }
}
