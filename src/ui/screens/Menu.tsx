import { useLayoutEffect, useRef } from 'preact/hooks'
import type { QuestionKind, QuestionState } from '../view/question'
import type { View } from '../view/view'

export interface MenuProps {
  view: View
  question: QuestionState
  onClose(focus: boolean): void
}

export const Menu = ({ view: { core, chat, strings }, question, onClose }: MenuProps) => {
  const list = useRef<HTMLUListElement>(null)
  const config = chat.config.value
  const talking = chat.room.value?.open
  useLayoutEffect(() => {
    const root = list.current!.getRootNode()
    list.current!.querySelector('button')?.focus()
    const leave = core.guard((event: Event) => {
      if (!(event.target as Element).closest('.header')) onClose(false)
    })
    root.addEventListener('pointerdown', leave)
    return () => root.removeEventListener('pointerdown', leave)
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...list.current!.querySelectorAll('button')]
    const at = buttons.indexOf((list.current!.getRootNode() as ShadowRoot).activeElement as HTMLButtonElement)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) buttons.at((at + step) % buttons.length)?.focus()
    else if (event.key === 'Escape') onClose(true)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const item = (says: string, run: () => void) => (
    <li>
      <button
        type="button"
        onClick={() => {
          onClose(true)
          run()
        }}
      >
        {says}
      </button>
    </li>
  )
  const ask = (says: string, kind: QuestionKind) => item(says, () => (question.value = kind))
  return (
    <ul ref={list} class="menu" onKeyDown={onKeyDown}>
      {item(chat.muted.value ? strings.unmute : strings.mute, () => chat.setMuted(!chat.muted.value))}
      {config?.askTranscript && chat.room.value && ask(strings.transcript, 'transcript')}
      {config?.canSwitchDepartment && config.departments.length > 1 && ask(strings.switchDepartment, 'department')}
      {talking && config?.canClose && ask(strings.end, 'end')}
    </ul>
  )
}
