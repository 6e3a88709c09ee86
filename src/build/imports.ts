import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseSync } from 'vite'

export interface Import {
  from: string
  to: string
  /** `lazy` is an `import()`. */
  kind: 'value' | 'type' | 'lazy'
}

const endings = ['', '.ts', '.tsx', '/index.ts', '/index.tsx']

/** The file a relative import means; undefined for packages and style sheets. */
const resolve = (file: string, specifier: string): string | undefined =>
  specifier.startsWith('.')
    ? endings
        .map((ending) => join(dirname(file), specifier) + ending)
        .find((path) => /\.tsx?$/.test(path) && existsSync(path))
    : undefined

const importsOf = (file: string): Import[] => {
  const code = readFileSync(file, 'utf8')
  const { module } = parseSync(file, code)
  const found = [
    ...module.staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      kind: entries.length && entries.every(({ isType }) => isType) ? ('type' as const) : ('value' as const),
    })),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest
          ? [{ specifier: moduleRequest.value, kind: isType ? ('type' as const) : ('value' as const) }]
          : [],
      ),
    ),
    ...module.dynamicImports.map(({ moduleRequest }) => ({
      specifier: code.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
      kind: 'lazy' as const,
    })),
  ]
  return found.flatMap(({ specifier, kind }) => {
    const to = resolve(file, specifier)
    return to ? [{ from: file, to, kind }] : []
  })
}

/** The code of a folder: no tests, no declarations. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`)

export const importsIn = (folder: string): Import[] => filesOf(folder).flatMap(importsOf)
