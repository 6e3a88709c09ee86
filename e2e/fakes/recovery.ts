import type { Recovery } from '../../src/tracking/contracts'

const unexpected = () => {
  throw new Error('recovery was not expected to be asked')
}

/** For tests in which all is well: whatever is asked of it fails. */
export const noRecovery: Recovery = {
  lock: unexpected,
  patchHistory: unexpected,
  overlayMemory: unexpected,
  recordByHand: unexpected,
  takeStubNotes: unexpected,
  successorOf: unexpected,
  beforeDraining: unexpected,
  sweep: unexpected,
  pauseMs: unexpected,
  allIsWell: unexpected,
  afterFailure: unexpected,
  judgeSimplePost: unexpected,
  meaningOf: unexpected,
}
