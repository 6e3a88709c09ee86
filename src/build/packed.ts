import { existsSync, readFileSync, statSync } from 'node:fs'

type Exports = string | { [condition: string]: Exports }

const filesOf = (value: Exports): string[] =>
  typeof value === 'string' ? [value] : Object.values(value).flatMap(filesOf)

/** What package.json hands out and the build has not written. */
export const missingFiles = ({ exports, bin }: { exports: Exports; bin: Record<string, string> }): string[] =>
  [...filesOf(exports), ...Object.values(bin)].filter((file) => !existsSync(file) || statSync(file).size === 0)

/** Before the package is packed: an empty tarball is refused. */
export const main = (): number => {
  const missing = missingFiles(
    JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Exports; bin: Record<string, string> },
  )
  if (missing.length) console.error(`Not packed: ${missing.join(', ')} is missing. Run npm run build.`)
  return missing.length ? 1 : 0
}
