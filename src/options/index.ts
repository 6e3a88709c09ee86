/** The door: what a host may say, and how it is read. */
export { readServer } from './server'
export { readDataset } from './dataset'
export { TagalongError } from './error'
export { readTexts } from './texts'
export { hiddenNotes } from './hiddenNotes'
export type {
  AgentDetail,
  Appearance,
  Check,
  ConnectionState,
  DropReason,
  ErrorCode,
  EventName,
  Events,
  Guest,
  HiddenNote,
  Options,
  Tagalong,
  Tracker,
  Tracking,
  UnavailableReason,
  VisitDetail,
  Visitor,
} from './types'
