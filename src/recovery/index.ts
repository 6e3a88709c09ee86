/**
 * What is done when not all is well, and where a browser or a site lacks something: fetched when it is first needed. The composition root of
 * this download: it makes the parts and joins them; tracking knows them by the interface `Recovery` alone.
 */
import { openTabs } from '../browser/tabs'
import type { RecoverableLane, Recovery, Tracking } from '../tracking/contracts'
import type { LaneRecord } from '../tracking/stored'
import { droppedKey } from '../tracking/keys'
import type { DropReason } from '../options'
import { settleByEvidence } from './evidence'
import { patchHistory } from './historyPatch'
import { createMeaning } from './meaning'
import { createMemoryOverlay } from './memoryOverlay'
import { recordByHand } from './pageByHand'
import { createProbe } from './probe'
import { createRetry } from './retry'
import { createSimplePostJudge } from './simplePost'
import { createStorageLock } from './storageLock'
import { takeStubNotes } from './stubNotes'
import { successorOf } from './successor'
import { sweep } from './sweeping'
import { trim } from './trimming'

export const createRecovery = (tracking: Tracking): Recovery => {
  const { clock, page, storage, journal, guard, warnOnce } = tracking
  const probe = createProbe(tracking)
  const drop = async (lane: RecoverableLane, record: LaneRecord, reason: DropReason, code?: string, says?: string) => {
    await lane.remove(record.id)
    // For `diagnose()`, which may be asked much later.
    await storage.update<{ count: number }>(droppedKey, (old) => ({
      count: (old?.count ?? 0) + 1,
      at: clock.now(),
      reason,
    }))
    lane.onDrop?.(record, reason, code, says)
  }
  const retry = createRetry({ page, clock, storage, journal, guard, warnOnce, probe, drop })
  return {
    lock: createStorageLock({ storage, clock, owner: tracking.documentId, tabs: openTabs(tracking) }),
    patchHistory,
    successorOf,
    overlayMemory: (...given) => createMemoryOverlay(clock, ...given),
    recordByHand: (...given) => recordByHand(tracking, ...given),
    takeStubNotes: (notes) => takeStubNotes(tracking, notes),

    async beforeDraining(lane) {
      retry.followNetwork(lane)
      await retry.recall(lane)
      if (!lane.isOfVisits) return
      // Looked through before each try, not with each record that comes while none is due: all that waits is read for it.
      if (!lane.isHeld() && retry.waitMs(lane) <= 0) await trim(tracking, lane, drop)
      await settleByEvidence(tracking, lane, probe)
    },
    sweep: (lane, removedId) => sweep(storage, lane.name, removedId),
    async pauseMs(lane) {
      const ms = await retry.pauseMs(lane)
      // Another page may have another policy.
      if (tracking.isServerForbidden) lane.hold()
      return ms
    },
    allIsWell: retry.allIsWell,
    afterFailure: retry.afterFailure,
    judgeSimplePost: createSimplePostJudge(tracking.posting),
    meaningOf: createMeaning(tracking),
  }
}
