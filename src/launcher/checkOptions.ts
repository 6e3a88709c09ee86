import type { Options } from '../options'
import { launcherNames, type Language } from './strings'

/** What is common, and needs no look at the rules. */
const plain =
  /^((server|department) .+|(sound|launcher) (true|false)|theme (light|dark)|position (end|start)|tracking (on-open|consent|off))$/

/** Whether nothing in these options needs the download that knows the rules. */
export const arePlain = (options: Partial<Options>): boolean =>
  Object.entries(options).every(
    ([name, value]) =>
      // Whatever is no language has no name there.
      plain.test(`${name} ${value}`) || (name === 'language' && launcherNames[value as Language]),
  )
