import { useSignal, useSignalEffect } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'
import type { Chat } from '../../chat/contracts'

export interface WrittenText {
  area: RefObject<HTMLTextAreaElement>
  text: string
  /** The visitor has changed the text. */
  onInput(text: string): void
  send(): void
}

/** The text in the composer, kept as a draft until it is sent. The field is as high as its text. */
export const useText = (chat: Chat): WrittenText => {
  const area = useRef<HTMLTextAreaElement>(null)
  const text = useSignal('')

  const write = (next: string) => {
    text.value = next
    const field = area.current
    if (!field) return
    if (field.value !== next) field.value = next
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }
  useLayoutEffect(() => {
    chat.draft().then(
      (draft) => {
        if (draft && !text.value) write(draft)
      },
      () => {},
    )
  }, [])

  useSignalEffect(() => {
    const given = chat.prefilled.value
    if (!given) return
    write(text.peek() || given)
    chat.setDraft(text.peek())
  })

  return {
    area,
    text: text.value,
    onInput(next) {
      write(next)
      chat.setDraft(next)
      chat.typed()
    },
    send() {
      const sent = text.value.trim()
      write('')
      chat.setDraft('')
      chat.send(sent).catch(() => {
        write(sent)
        chat.setDraft(sent)
      })
      area.current?.focus()
    },
  }
}
