import { readFileSync, writeFileSync } from 'node:fs'

interface Package {
  name?: string
  version?: string
  resolved?: string
  integrity?: string
  libc?: string[]
  link?: boolean
  optional?: boolean
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}
interface Lock {
  lockfileVersion: number
  packages: Record<string, Package>
}

/** Where Node looks for a package from a folder: in its own `node_modules`, then in that of each folder above. */
const placesOf = (name: string, from: string): string[] => {
  const parents = from
    .split('/node_modules/')
    .map((_part, at, all) => all.slice(0, all.length - at).join('/node_modules/'))
  return [...parents.filter(Boolean).map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`]
}

/**
 * What keeps a lock from working for everybody. npm writes such locks itself: an install beside an older `node_modules` leaves out the binaries of
 * other systems (https://github.com/npm/cli/issues/4828), by default every package names the registry of whoever wrote the lock, and npm 11 writes
 * which libc a binary is for, which npm 10 takes out again.
 */
export const faultsOf = (manifest: Package, lock: Lock): string[] => {
  const root = lock.packages['']
  const faults = lock.lockfileVersion === 3 ? [] : [`it is of version ${lock.lockfileVersion}, not 3`]
  for (const kind of ['dependencies', 'devDependencies'] as const)
    if (JSON.stringify(root?.[kind] ?? {}) !== JSON.stringify(manifest[kind] ?? {}))
      faults.push(`its ${kind} are not those of package.json`)
  for (const [path, { resolved, integrity, link, libc, ...needs }] of Object.entries(lock.packages)) {
    if (path && !link && resolved) faults.push(`${path} names the registry of whoever wrote it`)
    if (libc) faults.push(`${path} names its libc, which npm 10 takes out at every install`)
    if (path && !link && !integrity) faults.push(`${path} has no integrity`)
    for (const name of Object.keys({ ...needs.dependencies, ...needs.devDependencies, ...needs.optionalDependencies }))
      if (!placesOf(name, path).some((place) => lock.packages[place]))
        faults.push(`${path || 'the package itself'} needs ${name}, which is not there`)
  }
  return faults
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T

/** `--mend` takes out what npm 11 has written and npm 10 would take out, and the names of registries. */
export const main = ([mend]: string[]): number => {
  const lock = read<Lock>('package-lock.json')
  if (mend === '--mend') {
    for (const entry of Object.values(lock.packages)) {
      delete entry.resolved
      delete entry.libc
    }
    writeFileSync('package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`)
  }
  const faults = faultsOf(read('package.json'), lock)
  for (const fault of faults) console.error(`package-lock.json: ${fault}.`)
  if (faults.length)
    console.error(
      'Try: npm run lockfile. If that is not enough: remove package-lock.json and node_modules, run npm install, then npm run lockfile.',
    )
  return faults.length ? 1 : 0
}
