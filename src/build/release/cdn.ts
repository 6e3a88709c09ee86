import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { noticesFile } from '../notices.ts'

export interface Layout {
  /** The folder the build has written. */
  dist: string
  /** Names of the scripts that pages include by a tag. */
  scripts: string[]
  version: string
  /** Where the versions lie side by side. It may hold earlier ones. */
  cdn: string
}

const chunksOf = (dist: string): string[] => readdirSync(join(dist, 'chunks')).map((name) => `chunks/${name}`)
const isSame = (one: string, other: string): boolean => readFileSync(one).equals(readFileSync(other))

/** Files that are there already under these names, with another content. */
const changed = (names: string[], from: string, to: string): string[] =>
  names.filter((name) => existsSync(join(to, name)) && !isSame(join(from, name), join(to, name)))

/**
 * `<version>/` never changes once it is there. `latest/` has the newest scripts and the chunks of every release that was laid out here, because a page
 * that is open goes on fetching the chunks that its own script knows by name. Chunks are written first: the folder may be served meanwhile.
 */
export const layOut = ({ dist, scripts, version, cdn }: Layout): void => {
  const chunks = chunksOf(dist)
  const names = [...chunks, noticesFile, ...scripts]
  const [own, latest] = [join(cdn, version), join(cdn, 'latest')]
  const [other] = changed(names, dist, own)
  if (other)
    throw new Error(
      `${join(own, other)} is there already with another content, and a version that pages use never changes: choose a later one.`,
    )
  const [damaged] = changed(chunks, dist, latest)
  if (damaged)
    throw new Error(
      `${join(latest, damaged)} is there already with another content, though browsers keep what has this name for a year. If it is damaged, delete it.`,
    )
  for (const folder of [own, latest])
    for (const name of names) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      copyFileSync(join(dist, name), join(folder, name))
    }
}
