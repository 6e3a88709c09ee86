import { useSignal } from '@preact/signals'
import type { View } from '../view/view'

/** The way in for files, however they come: chosen, dropped or pasted. */
export interface FileIntake {
  /** Why the last ones were not taken, in words. */
  refusal: string
  /** If not, it says why. */
  mayTake(): boolean
  /** Whether there were any files, taken or refused. */
  take(files: FileList | null | undefined): boolean
  forgetRefusal(): void
}

export const useFiles = ({ chat, strings }: View): FileIntake => {
  const refusal = useSignal('')
  const mayTake = () => {
    const isBlocked = chat.passage.peek() === 'blocked'
    refusal.value = !chat.config.peek()?.canUpload ? strings.fileDisabled : isBlocked ? strings.filesBlocked : ''
    return !refusal.value
  }
  return {
    refusal: refusal.value,
    mayTake,
    take(files) {
      if (!files?.length) return false
      if (mayTake()) chat.attach([...files])
      return true
    },
    forgetRefusal: () => (refusal.value = ''),
  }
}
