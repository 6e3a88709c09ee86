import type { Message } from '../../chat/contracts'
import type { Strings } from '../strings/en'

/** A message as it is read aloud. */
export const plainText = ({ text, files, deleted }: Message, t: Strings): string =>
  deleted
    ? t.deleted
    : text || files.map(({ name, kind }) => `${kind === 'image' ? t.image : t.file}: ${name}`).join(', ')
