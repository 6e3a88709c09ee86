import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { Composer } from './Composer'
import type { View } from '../view/view'
import { StatusScreen } from '../view/StatusScreen'
import { MessageArea } from './fetchedParts'

/** The conversation itself; files may be dropped anywhere on it. */
export const ConversationScreen = ({ view }: { view: View }) => {
  const { chat, strings } = view
  const isDragging = useSignal(false)
  const canUpload = chat.config.value?.canUpload
  const hasFiles = (event: DragEvent) => canUpload && event.dataTransfer?.types.includes('Files')
  return (
    <div
      class="conversation"
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        isDragging.value = true
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) isDragging.value = false
      }}
      onDrop={(event) => {
        isDragging.value = false
        if (!hasFiles(event)) return
        event.preventDefault()
        chat.attach([...(event.dataTransfer?.files ?? [])])
      }}
    >
      {chat.messages.value.length || chat.room.value || chat.uploads.value.length ? (
        <MessageArea view={view} />
      ) : (
        <StatusScreen title={strings.welcome} text={strings.welcomeText} />
      )}
      <Composer view={view} />
      {isDragging.value && <div class="drop">{strings.drop}</div>}
    </div>
  )
}
