import { h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Core } from '../../visitor/contracts'
import type { Undo } from '../../browser/ports'
import { initialValuesOf, positiveOf, textOf, type BlockNode } from './uikit'

export interface TextEntryProps {
  element: BlockNode
  clock: Core['clock']
  /** For screen readers. */
  name: string
  onValue(value: string): void
}

/** A visitor who pauses for so long has finished a word or a date. */
const pauseMs = 700

/** A text or a date. Its value is told when the visitor leaves it, and, where the element asks for that, while it is being written. */
export const TextEntry = ({ element, clock, name, onValue }: TextEntryProps) => {
  const [initial = ''] = initialValuesOf(element)
  const lastTold = useRef(initial)
  const cancelTelling = useRef<Undo>(() => {})
  useLayoutEffect(() => () => cancelTelling.current(), [])

  const tell = (value: string) => {
    cancelTelling.current()
    if (value === lastTold.current) return
    lastTold.current = value
    onValue(value)
  }
  const tellSoon = (value: string) => {
    cancelTelling.current()
    cancelTelling.current = clock.after(pauseMs, () => tell(value))
  }
  const common = {
    class: 'input',
    'aria-label': name,
    defaultValue: initial,
    onBlur: ({ currentTarget }: { currentTarget: { value: string } }) => tell(currentTarget.value),
  }

  // While a year is typed, every digit makes a change event with another date.
  if (element.type === 'datepicker')
    return <input type="date" {...common} onChange={(event) => tellSoon(event.currentTarget.value)} />

  const isToldWhileWritten = [element.dispatchActionConfig].flat().includes('on_character_entered')
  const written = {
    ...common,
    placeholder: textOf(element.placeholder),
    minLength: positiveOf(element.minLength),
    maxLength: positiveOf(element.maxLength),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => tell(currentTarget.value),
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) =>
      isToldWhileWritten && tellSoon(currentTarget.value),
  }
  return element.multiline === true ? <textarea rows={3} {...written} /> : <input type="text" {...written} />
}
