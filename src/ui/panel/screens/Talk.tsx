import { useSignal } from '@preact/signals'
import { Composer } from '../Composer'
import { Log } from '../messages/Log'
import { Status } from '../messages/Status'
import { Welcome } from '../messages/Welcome'
import type { View } from '../view'

/** The conversation itself; files may be dropped anywhere on it. */
export const Talk = ({ view }: { view: View }) => {
  const { chat, t } = view
  const over = useSignal(false)
  const canUpload = chat.config.value?.canUpload
  const hasFiles = (event: DragEvent) => canUpload && [...(event.dataTransfer?.types ?? [])].includes('Files')
  return (
    <div
      class="screen"
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        over.value = true
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) over.value = false
      }}
      onDrop={(event) => {
        over.value = false
        if (!hasFiles(event)) return
        event.preventDefault()
        chat.attach([...event.dataTransfer!.files])
      }}
    >
      {chat.messages.value.length || chat.room.value ? <Log view={view} /> : <Welcome view={view} />}
      <Status view={view} />
      <Composer view={view} />
      {over.value && <div class="drop">{t.drop}</div>}
    </div>
  )
}
