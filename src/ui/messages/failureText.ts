import type { Strings } from '../strings/en'

/** A refusal in the visitor's words where we have some, else in the server's. */
export const failureText = ({ code, says }: { code: string; says: string }, t: Strings): string => {
  if (/too-large|size-not/.test(code)) return t.fileTooLarge
  if (/type-not/.test(code)) return t.fileType
  if (code === 'upload-blocked') return t.filesBlocked
  if (/upload-disabled/.test(code)) return t.fileDisabled
  if (/length/.test(code)) return t.tooLong
  if (/room-closed|invalid-room/.test(code)) return t.chatClosed
  return says === code ? '' : says
}
