import { h } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatRoom } from '../../../src/agent.ts'
import type { Control } from '../control.ts'

/** A start of typing is repeated by clients while it goes on, and an end follows the last key. */
const typingEveryMs = 3000
const typingEndsMs = 5000

const base64 = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(file)
  })

/** Says that the agent types, again and again while they do, and that they have stopped. */
const useTyping = (rid: string, say: (isTyping: boolean) => void) => {
  const { current } = useRef({ saidAtMs: 0, endTimer: 0 })
  useEffect(() => () => clearTimeout(current.endTimer), [rid])
  const stopTyping = () => {
    clearTimeout(current.endTimer)
    if (current.saidAtMs) say(false)
    current.saidAtMs = 0
  }
  const typed = () => {
    if (Date.now() - current.saidAtMs > typingEveryMs) {
      current.saidAtMs = Date.now()
      say(true)
    }
    clearTimeout(current.endTimer)
    current.endTimer = window.setTimeout(stopTyping, typingEndsMs)
  }
  return { stopTyping, typed }
}

/** What an agent does goes through the control door: the API's agent side only reads. */
export const Reply = ({
  room,
  control,
  onProblem,
}: {
  room: ChatRoom
  control: Control
  onProblem(error: unknown): void
}) => {
  const [text, setText] = useState('')
  const rid = room.id
  const act = (action: Record<string, unknown>) => control.post('agent', { rid, ...action }).catch(onProblem)
  const { stopTyping, typed } = useTyping(room.id, (on) => void act({ does: 'type', ...(!on && { on }) }))
  const send = async () => {
    if (!text.trim()) return
    stopTyping()
    setText('')
    if (!room.agent) await act({ does: 'take' })
    await act({ does: 'say', text })
  }
  const attach = async (files: FileList | null) => {
    for (const file of files ?? [])
      await act({
        does: 'file',
        name: file.name,
        type: file.type || 'application/octet-stream',
        base64: await base64(file),
      })
  }
  useEffect(() => setText(''), [rid])

  return (
    <form
      class="reply"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <textarea
        rows={2}
        value={text}
        aria-label="Your answer"
        placeholder={room.agent ? 'Answer…' : 'Answer and take the conversation…'}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value)
          typed()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          void send()
        }}
      />
      <label class="button quiet">
        File
        <input
          type="file"
          multiple
          hidden
          onChange={({ currentTarget }) => void attach(currentTarget.files).then(() => (currentTarget.value = ''))}
        />
      </label>
      <button disabled={!text.trim()}>Send</button>
    </form>
  )
}
