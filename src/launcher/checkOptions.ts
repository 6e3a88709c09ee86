import type { ErrorCode, Options } from '../options'
import { launcherNames, type Language } from './strings'

/** What is common, and needs no look at the rules. */
const plain =
  /^((server|department) .+|(sound|launcher) (true|false)|theme (light|dark)|position (end|start)|tracking (on-open|consent|off))$/
const isPlain = ([name, value]: [name: string, value: unknown]) =>
  // Whatever is no language has no name there.
  plain.test(`${name} ${value}`) || (name === 'language' && launcherNames[value as Language])

/** Reads options that came as texts and takes out those that are wrong; `attributes` are the tag's: those we do not know are another script's. */
export const checkOptions = async (
  given: Partial<Options>,
  warnOnce: (code: ErrorCode, says: string) => void,
  attributes?: string[],
): Promise<void> => {
  if (Object.entries(given).every(isPlain)) return
  try {
    const { checkOptions } = await import('../diagnosis')
    checkOptions(given, warnOnce, attributes, Object.keys(launcherNames))
  } catch {}
}
