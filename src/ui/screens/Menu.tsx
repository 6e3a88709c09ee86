import { h } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { QuestionKind, QuestionState } from '../view/question'
import { otherDepartments } from './otherDepartments'
import type { View } from '../view/view'

export interface MenuProps {
  view: View
  question: QuestionState
  /** `isFocusBack`: the focus goes back to the button that opened the menu. */
  onClose(isFocusBack: boolean): void
}

export const Menu = ({ view: { core, chat, strings }, question, onClose }: MenuProps) => {
  const list = useRef<HTMLUListElement>(null)
  const config = chat.config.value
  const isOpenRoom = chat.room.value?.open
  useLayoutEffect(() => {
    const root = list.current?.getRootNode()
    list.current?.querySelector('button')?.focus()
    const closeFromOutside = core.guard(({ target }: Event) => {
      if (!(target instanceof Element && target.closest('.header'))) onClose(false)
    })
    root?.addEventListener('pointerdown', closeFromOutside)
    return () => root?.removeEventListener('pointerdown', closeFromOutside)
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const focused = buttons.findIndex((button) => button.matches(':focus'))
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) buttons.at((focused + step) % buttons.length)?.focus()
    else if (event.key === 'Escape') onClose(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const item = (label: string, run: () => void) => (
    <li>
      <button
        type="button"
        onClick={() => {
          onClose(true)
          run()
        }}
      >
        {label}
      </button>
    </li>
  )
  const ask = (label: string, kind: QuestionKind) => item(label, () => (question.value = kind))
  return (
    <ul ref={list} class="menu" onKeyDown={onKeyDown}>
      {item(chat.muted.value ? strings.unmute : strings.mute, () => chat.setMuted(!chat.muted.value))}
      {config?.askTranscript && chat.room.value && ask(strings.transcript, 'transcript')}
      {config?.canSwitchDepartment && otherDepartments(chat).length > 0 && ask(strings.switchDepartment, 'department')}
      {isOpenRoom && config?.canClose && ask(strings.end, 'end')}
    </ul>
  )
}
