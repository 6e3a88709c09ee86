import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Core } from '../../visitor/contracts'
import type { Undo } from '../../browser/ports'
import { initialValuesOf, positiveOf, textOf, type BlockNode } from './uikit'

export interface TextEntryProps {
  element: BlockNode
  clock: Core['clock']
  /** What it is called, where nothing on screen says so. */
  name: string
  onValue(value: string): void
}

/** Whoever pauses for so long has written enough to be told of. */
const pauseMs = 700

/** Something to be written or a day to be chosen: told once it is finished with, and where the element asks for it, while it is being written. */
export const TextEntry = ({ element, clock, name, onValue }: TextEntryProps) => {
  const [initial = ''] = initialValuesOf(element)
  const told = useRef(initial)
  const undo = useRef<Undo>(() => {})
  useLayoutEffect(() => () => undo.current(), [])

  const tell = (value: string) => {
    undo.current()
    if (value === told.current) return
    told.current = value
    onValue(value)
  }
  const tellSoon = (value: string) => {
    undo.current()
    undo.current = clock.after(pauseMs, () => tell(value))
  }
  const common = {
    class: 'input',
    'aria-label': name,
    defaultValue: initial,
    onBlur: ({ currentTarget }: { currentTarget: { value: string } }) => tell(currentTarget.value),
  }

  // While a year is typed every digit makes another day.
  if (element.type === 'datepicker')
    return <input type="date" {...common} onChange={(event) => tellSoon(event.currentTarget.value)} />

  const asTyped = [element.dispatchActionConfig].flat().includes('on_character_entered')
  const written = {
    ...common,
    placeholder: textOf(element.placeholder),
    minLength: positiveOf(element.minLength),
    maxLength: positiveOf(element.maxLength),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => tell(currentTarget.value),
    onInput: ({ currentTarget }: { currentTarget: { value: string } }) => asTyped && tellSoon(currentTarget.value),
  }
  return element.multiline === true ? <textarea rows={3} {...written} /> : <input type="text" {...written} />
}
