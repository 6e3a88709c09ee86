/** What is written and not yet sent survives a reload. */
import type { Core } from '../core/contracts'

const key = 'chat/draft'
const restMs = 400

export const createDrafts = (core: Core) => {
  let unsaved: string | undefined
  let undo = () => {}
  const save = () => {
    undo()
    if (unsaved === undefined) return
    void (unsaved ? core.storage.set(key, unsaved) : core.storage.delete(key))
    unsaved = undefined
  }
  const undoPage = core.page.observe((event) => {
    if (event === 'hidden' || event === 'leave' || event === 'freeze') save()
  })
  return {
    read: async (): Promise<string> => unsaved ?? (await core.storage.get<string>(key)) ?? '',
    write(text: string) {
      unsaved = text
      undo()
      if (text) undo = core.clock.after(restMs, core.guard(save))
      else save()
    },
    stop() {
      save()
      undoPage()
    },
  }
}
