import { readFileSync } from 'node:fs'

const staticImport = /^(?:import|export)[^"';]*["']([^"']+)["']/gm

/** What a file of the npm package imports at once. */
const importsOf = (file: string): string[] =>
  [...readFileSync(`dist/${file}`, 'utf8').matchAll(staticImport)].map(([, name = '']) => name)

/** An npm file and those of ours it needs at once. */
export const withNpm = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  for (const name of importsOf(file)) if (name.startsWith('./')) withNpm(`npm/${name.slice(2)}`, found)
  return found
}

/** The packages that an npm file, and those of ours it needs at once, import. */
export const packagesOf = (file: string): string[] =>
  [...new Set([...withNpm(file)].flatMap(importsOf).filter((name) => !name.startsWith('.')))].sort()
