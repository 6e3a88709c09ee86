import type { ErrorCode, Options } from '../options'

/** What is common, and needs no look at the rules. */
const plain =
  /^((server|department|language|assets) .+|(sound|titleBadge|launcher) (true|false)|theme (light|dark)|position (end|start)|tracking (on-open|consent|off))$/

/** Reads options that came as texts and takes out those that are wrong; `attributes` are the tag's: those we do not know are another script's. */
export const checkOptions = async (
  given: Partial<Options>,
  warnOnce: (code: ErrorCode, says: string) => void,
  attributes?: string[],
): Promise<void> => {
  if (Object.entries(given).every(([key, value]) => plain.test(`${key} ${value}`))) return
  try {
    const { checkOptions } = await import('../diagnosis')
    checkOptions(given, warnOnce, attributes)
  } catch {}
}
