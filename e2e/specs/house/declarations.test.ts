/** What an editor shows of everything public: a sentence, and an example of its use. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'

const folder = 'dist/npm'
const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

/** The names that `pattern` finds, whose comment just before has no example in it. */
const withoutExample = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)]
    .filter(({ index }) => !/@example[^]*\*\/\s*$/.test(text.slice(text.lastIndexOf('/**', index), index)))
    .map(([, name = '']) => name)

/** The names that the entries hand out, by the file that declares each. */
const exported = (): [file: string, name: string][] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.d.ts'))
    .flatMap((entry): [string, string][] => [
      ...[...textOf(entry).matchAll(/^export declare const (\w+)/gm)].map(([, name = '']): [string, string] => [
        entry,
        name,
      ]),
      ...[...textOf(entry).matchAll(/^export (?:type )?\{([^}]*)\} from '\.\/(.*)\.js'/gm)].flatMap(
        ([, names = '', file = '']) =>
          [...names.matchAll(/(?:type )?(\w+)/g)].map(([, name = '']): [string, string] => [`${file}.d.ts`, name]),
      ),
    ])

test('every type, class and function that a host may import has an example', () => {
  const names = exported()
  expect(names.length).toBeGreaterThan(40)
  const missing = names.filter(([file, name]) => {
    const declaration = RegExp(`^export (?:declare )?(?:interface|type|class|const) (${name})\\b`, 'gm')
    expect(textOf(file), `${name} in ${file}`).toMatch(declaration)
    return withoutExample(textOf(file), declaration).length
  })
  expect(missing).toEqual([])
})

test('every option, event and method has an example of its own', () => {
  const types = textOf('options/types.d.ts')
  for (const name of ['Options', 'Events', 'Tracker', 'Tagalong']) {
    const body = types.split(`export interface ${name} `)[1]?.split('\n}')[0] ?? ''
    const members = /^ {4}(?:readonly )?'?([\w-]+)'?[?(<:]/gm
    expect([...body.matchAll(members)].length, name).toBeGreaterThan(5)
    expect(withoutExample(body, members), name).toEqual([])
  }
})
