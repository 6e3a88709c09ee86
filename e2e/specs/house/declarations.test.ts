/** What an editor shows of everything public: a sentence, and an example of its use. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'playwright/test'

/** By what hosts import: the npm files, and the testing kit's. */
const folders = ['dist/npm', 'dist/testing']
const textOf = (file: string) => readFileSync(file, 'utf8')

/** The names that `pattern` finds, whose comment just before has no example in it. */
const withoutExample = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)]
    .filter(({ index }) => !/@example[^]*\*\/\s*$/.test(text.slice(text.lastIndexOf('/**', index), index)))
    .map(([, name = '']) => name)

/** What a host imports from: the npm files themselves, and of the kit what package.json names. */
const entries = (): string[] => {
  const { exports } = JSON.parse(textOf('package.json')) as { exports: Record<string, { types?: string }> }
  return Object.values(exports)
    .flatMap(({ types = '' }) => types.replace('./', ''))
    .filter((file) => folders.includes(dirname(file)))
}

/** The names that the entries hand out, by the file that declares each. */
const exported = (): [file: string, name: string][] =>
  entries().flatMap((entry): [string, string][] => [
    ...[...textOf(entry).matchAll(/^export declare const (\w+)/gm)].map(([, name = '']): [string, string] => [
      entry,
      name,
    ]),
    ...[...textOf(entry).matchAll(/^export (?:type )?\{([^}]*)\} from '\.\/(.*)\.(c?)js'/gm)].flatMap(
      ([, names = '', file = '', kind = '']) =>
        [...names.matchAll(/(?:type )?(\w+)/g)].map(([, name = '']): [string, string] => [
          join(dirname(entry), `${file}.d.${kind}ts`),
          name,
        ]),
    ),
  ])

test('every type, class and function that a host may import has an example', () => {
  const names = exported()
  for (const folder of folders)
    expect(names.filter(([file]) => file.startsWith(folder)).length, folder).toBeGreaterThan(10)
  const missing = names.filter(([file, name]) => {
    const declaration = RegExp(`^export (?:declare )?(?:interface|type|class|const) (${name})\\b`, 'gm')
    expect(textOf(file), `${name} in ${file}`).toMatch(declaration)
    return withoutExample(textOf(file), declaration).length
  })
  expect(missing).toEqual([])
})

test('every option, event and method has an example of its own', () => {
  const types = textOf('dist/npm/options/types.d.ts')
  for (const name of ['Options', 'Events', 'Tracker', 'Tagalong']) {
    const body = types.split(`export interface ${name} `)[1]?.split('\n}')[0] ?? ''
    const members = /^ {4}(?:readonly )?'?([\w-]+)'?[?(<:]/gm
    expect([...body.matchAll(members)].length, name).toBeGreaterThan(5)
    expect(withoutExample(body, members), name).toEqual([])
  }
})
