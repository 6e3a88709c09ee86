import type { Core } from '../../../visitor/contracts'
import { pathSegment } from '../../../wire/paths'
import type { Verdict } from '../../../tracking/contracts'
import type { Chat, Upload } from '../../contracts'
import type { Conversation } from '../../conversation'
import type { Room } from '../../room'
import type { OpenRoom } from '../../roomMaking'
import { endRefusedRoom } from '../endRefusedRoom'
import { createUnansweredUploads, type UnansweredUploads, type UnansweredUploadsParts } from './unansweredUploads'
import { askPassage, type Passage } from './preflight'
import { createUploadList, type Entry } from './uploadList'
import { postFile } from './uploadRequest'

export interface UploadsParts extends Pick<UnansweredUploadsParts, 'syncHistory'> {
  core: Pick<Core, 'server' | 'call' | 'clock' | 'guard' | 'randomId' | 'visitor'>
  conversation: Pick<Conversation, 'facts' | 'update'>
  room: Pick<Room, 'ensureOpen' | 'end'>
  /** Messages as the server sends them. */
  receive(values: unknown[]): void
}

export interface Uploads
  extends
    Pick<Chat, 'checkPassage' | 'attach' | 'cancelUpload' | 'retryUpload'>,
    Pick<UnansweredUploads, 'follow' | 'stop'> {}

/** Whether the server has lost the visitor or the room, which an upload's refusal does not say. A token that it has lost is registered again. */
const isRoomLost = async ({ call }: Pick<Core, 'call'>, { token, roomId }: OpenRoom): Promise<boolean> => {
  const answer = await call('GET', `livechat/messages.history/${pathSegment(roomId)}`, { query: { token, limit: 1 } })
  return answer.kind === 'refused' && /^invalid-(token|room)$/.test(answer.code)
}

/** What a file fails with that cannot pass. */
const passageFailures = { unreachable: 'unreachable', blocked: 'upload-blocked' }

/** Why there is no room to send a file to. */
const failureOf = (verdict: Verdict): NonNullable<Upload['failure']> =>
  verdict.kind === 'drop'
    ? { code: verdict.code, says: verdict.says }
    : { code: verdict.kind === 'wait' && verdict.limited ? 'limited' : 'unreachable', says: '' }

/** Files on their way: one after the other, with progress, and never sent twice without the visitor's asking. */
export const createUploads = (parts: UploadsParts): Uploads => {
  const { core, conversation, room, receive, syncHistory } = parts
  const list = createUploadList(conversation.update)
  const { entries, enter, remove } = list
  const unanswered = createUnansweredUploads({ core, list, syncHistory })
  let isRunning = false

  const findPassage = async (): Promise<Passage> => {
    const passage = await askPassage(core)
    if (passage !== 'unreachable') conversation.update({ passage })
    return passage
  }

  const upload = async (entry: Entry): Promise<void> => {
    enter(entry, 'uploading')
    const target = await room.ensureOpen()
    if (!entries.includes(entry)) return
    if (target.kind !== 'open') return enter(entry, 'failed', failureOf(target))
    const passage = await findPassage()
    if (passage !== 'possible') return enter(entry, 'failed', { code: passageFailures[passage], says: '' })
    if (!entries.includes(entry)) return
    unanswered.expect(entry)
    const { token, roomId } = target
    const request = postFile(core, { file: entry.file, token, roomId }, (progress) => list.change(entry, { progress }))
    entry.abort = request.abort
    const result = await request.result
    entry.abort = undefined
    if (result.kind === 'unauthorized' && !entry.isSentAgain && (await isRoomLost(core, target))) {
      entry.isSentAgain = true
      await endRefusedRoom(parts, roomId)
      return enter(entry, 'queued')
    }
    switch (result.kind) {
      case 'cancelled':
        return remove(entry)
      case 'unauthorized':
      case 'refused':
        return enter(entry, 'failed', { code: result.code, says: result.says })
      case 'stored':
        remove(entry)
        return receive([result.message])
      case 'lost':
        enter(entry, 'unconfirmed')
        core.guard(unanswered.confirm)(entry)
    }
  }

  const uploadQueued = core.guard(async () => {
    if (isRunning) return
    isRunning = true
    const nextEntry = () => entries.find(({ phase }) => phase === 'queued')
    try {
      for (let entry = nextEntry(); entry; entry = nextEntry()) await upload(entry)
    } finally {
      isRunning = false
    }
  })

  return {
    checkPassage: () => void (conversation.facts.passage.peek() === 'unknown' && findPassage()),

    attach(files) {
      for (const file of files) list.add(core.randomId(), file)
      uploadQueued()
    },

    cancelUpload(id) {
      const entry = list.find(id)
      if (!entry) return
      entry.abort?.()
      remove(entry)
    },

    retryUpload(id) {
      const entry = list.find(id)
      if (entry?.phase !== 'failed') return
      enter(entry, 'queued')
      uploadQueued()
    },

    follow: unanswered.follow,

    stop() {
      unanswered.stop()
      entries.forEach(({ abort }) => abort?.())
    },
  }
}
