import { useSignal } from '@preact/signals'
import { Composer } from './Composer'
import type { View } from '../view/view'
import { Plain } from '../view/Plain'
import { Said } from './Said'

/** The conversation itself; files may be dropped anywhere on it. */
export const Talk = ({ view }: { view: View }) => {
  const { chat, t } = view
  const over = useSignal(false)
  const canUpload = chat.config.value?.canUpload
  const hasFiles = (event: DragEvent) => canUpload && event.dataTransfer?.types.includes('Files')
  return (
    <div
      class="talk"
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
      {chat.messages.value.length || chat.room.value || chat.uploads.value.length ? (
        <Said view={view} />
      ) : (
        <Plain title={t.welcome} text={t.welcomeText} />
      )}
      <Composer view={view} />
      {over.value && <div class="drop">{t.drop}</div>}
    </div>
  )
}
