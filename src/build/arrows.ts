import { join } from 'node:path'
import { arrows, entries, type Arrow } from './house.ts'
import { importsIn, type Import } from './imports.ts'

/** `src/ui/panel/Panel.tsx` → `ui`; an entry at the top of `src` is a folder of its own. */
export const folderOf = (path: string): string => path.replace(/^src\//, '').replace(/(\/|\.).*$/, '')

/** `browser` names every file of the folder, `browser/clock` one of them. */
export const names = (part: string, path: string): boolean => {
  const place = join('src', part)
  return path.startsWith(`${place}/`) || path.startsWith(`${place}.`)
}

const allowed = ({ values, types, fetched }: Arrow, kind: Import['kind']): string[] => {
  if (kind === 'value') return values
  return kind === 'type' ? [...values, ...types, ...fetched] : [...values, ...fetched]
}
const how = { value: 'imports', type: 'imports a type of', lazy: 'fetches' } as const

/** What each import does that the table does not allow, as a sentence. */
export const complaintsOf = (imports: Import[]): string[] =>
  imports.flatMap(({ from, to, kind }) => {
    const [here, there] = [folderOf(from), folderOf(to)]
    const arrow = arrows.find((one) => one.from === here)
    if (!arrow || here === there) return []
    const isAllowed =
      (!entries.includes(there) || there === 'agent') && allowed(arrow, kind).some((part) => names(part, to))
    return isAllowed ? [] : [`${from} ${how[kind]} ${to}: no arrow points from ${here} there`]
  })

/** `node src/build/run.mjs arrows` */
export const main = (): number => {
  const complaints = complaintsOf(importsIn('src'))
  for (const complaint of complaints) console.error(complaint)
  return complaints.length ? 1 : 0
}
