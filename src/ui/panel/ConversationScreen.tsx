import { h } from 'preact'
import { useSignal } from '@preact/signals'
import { Composer } from './Composer'
import type { View } from '../view/view'
import { StatusScreen } from '../view/StatusScreen'
import { MessageArea } from './fetchedParts'
import { useFiles } from './useFiles'

/** The conversation itself; files may be dropped anywhere on it. */
export const ConversationScreen = ({ view }: { view: View }) => {
  const { chat, strings } = view
  const isDragging = useSignal(false)
  const files = useFiles(view)
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files')
  return (
    <div
      class="conversation"
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        // Otherwise the browser would leave the page, and open the file in its place.
        event.preventDefault()
        if (!isDragging.value) chat.checkPassage()
        isDragging.value = files.mayTake()
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) isDragging.value = false
      }}
      onDrop={(event) => {
        isDragging.value = false
        if (!hasFiles(event)) return
        event.preventDefault()
        files.take(event.dataTransfer?.files)
      }}
    >
      {chat.messages.value.length || chat.room.value || chat.uploads.value.length ? (
        <MessageArea view={view} />
      ) : (
        <StatusScreen
          title={strings.welcome}
          // Nobody is promised while the server does not answer.
          text={chat.connection.value.state === 'waiting' ? '' : strings.welcomeText}
        />
      )}
      <Composer view={view} files={files} />
      {isDragging.value && <div class="drop">{strings.drop}</div>}
    </div>
  )
}
