import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const reference = /(from |import\()(["'])(\.[^"']*?)(?:\.c?[jt]sx?)?\2/g

const declarationsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => join(folder, name))

/** Under `nodenext` a declaration must name whole files. */
const nameWholeFiles = (path: string, ending = 'js'): void => {
  const whole = (target: string) =>
    existsSync(join(dirname(path), `${target}.d.ts`)) ? `${target}.${ending}` : `${target}/index.${ending}`
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

const compile = (project: string): void =>
  void execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], { stdio: 'inherit' })

/** Declarations beside the npm files; the compiler alone can write them. Those of inner parts, which no host can name, are taken away again. */
const writeForPages = (folder: string): void => {
  compile('src/tsconfig.npm.json')
  const all = declarationsIn(folder)
  for (const path of all) nameWholeFiles(path)
  const entries = all.filter((path) => dirname(path) === folder)
  const needed = neededBy(entries)
  for (const path of all) if (!needed.has(path)) rmSync(path)
  const isEmpty = (path: string) =>
    !readdirSync(path, { recursive: true, encoding: 'utf8' }).some((name) => /\./.test(name))
  for (const { name, parentPath } of readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory()))
    if (isEmpty(join(parentPath, name))) rmSync(join(parentPath, name), { recursive: true })
}

/** Those of the testing kit name nothing of the server that is inside of it: they are taken out of the compiler's tree, and the tree is thrown away. */
const writeForTests = (folder: string): void => {
  const tree = 'dist/declarations'
  compile('e2e/tsconfig.kit.json')
  const source = join(tree, 'e2e/testing')
  for (const path of declarationsIn(source)) nameWholeFiles(path, 'cjs')
  for (const path of neededBy(['index', 'playwright'].map((name) => join(source, `${name}.d.ts`)))) {
    if (dirname(path) !== source)
      throw new Error(`The testing kit hands out a type of ${path}: write it into contracts.ts.`)
    copyFileSync(path, join(folder, `${basename(path, '.d.ts')}.d.cts`))
  }
  rmSync(tree, { recursive: true })
}

export const writeDeclarations = (): void => {
  writeForPages('dist/npm')
  writeForTests('dist/testing')
}
