import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const folder = 'dist/npm'
const reference = /(from |import\()(["'])(\.[^"']*?)(?:\.[jt]sx?)?\2/g

const declarationsIn = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(folder, name))

/** Under `nodenext` a declaration must name whole files. */
const nameWholeFiles = (path: string): void => {
  const whole = (target: string) =>
    existsSync(join(dirname(path), `${target}.d.ts`)) ? `${target}.js` : `${target}/index.js`
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(
      reference,
      (_all, verb: string, quote: string, target: string) => verb + quote + whole(target) + quote,
    ),
  )
}

/** The declarations of the entries, and those that they refer to, each with its own. */
const neededBy = (paths: string[], found = new Set<string>()): Set<string> => {
  for (const path of paths) {
    if (found.has(path)) continue
    found.add(path)
    const targets = [...readFileSync(path, 'utf8').matchAll(reference)].map(([, , , target]) =>
      join(dirname(path), `${target}.d.ts`),
    )
    neededBy(targets, found)
  }
  return found
}

/** Declarations beside the npm files; the compiler alone can write them. Those of inner parts, which no host can name, are taken away again. */
export const writeDeclarations = (): void => {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'src/tsconfig.npm.json'], {
    stdio: 'inherit',
  })
  const all = declarationsIn()
  all.forEach(nameWholeFiles)
  const entries = all.filter((path) => dirname(path) === folder)
  const needed = neededBy(entries)
  for (const path of all) if (!needed.has(path)) rmSync(path)
  const isEmpty = (path: string) =>
    !readdirSync(path, { recursive: true, encoding: 'utf8' }).some((name) => /\./.test(name))
  for (const { name, parentPath } of readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory()))
    if (isEmpty(join(parentPath, name))) rmSync(join(parentPath, name), { recursive: true })
}
