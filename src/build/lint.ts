import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { notHeldYet, standsAt } from './beforeTheMove.ts'
import { arrows, entries, packages, powers, withoutPowers, type Arrow, type Power } from './house.ts'

/** A function longer than this wants a second idea found in it. */
const maxLinesPerFunction = 80
const isLengthHeld = false
/** Whether a circle closed by a type alone is one. */
const areTypesCountedInCircles = false

type Rules = Record<string, unknown>
interface Override {
  files: string[]
  rules: Rules
}

/** The rules that keep these powers from a file. */
const refusing = (refused: Power[]): Rules => {
  const named = refused.flatMap(({ names, owners }) => names.map((name) => ({ name, message: owners.length ? `${owners.join(' and ')} has it` : 'nobody has it' })))
  return {
    'no-restricted-globals': ['error', { globals: named.filter(({ name }) => !name.includes('.')), checkGlobalObject: true }],
    'no-restricted-properties': [
      'error',
      ...named.flatMap(({ name, message }) => {
        const [object, property] = name.split('.')
        return property ? [{ object, property, message }] : []
      }),
    ],
  }
}

/** An override replaces what an earlier one said of the same rule: an owner's names all the powers but the owner's. */
const powerOverrides = (): Override[] => [
  { files: ['src/**/*.ts', 'src/**/*.tsx'], rules: refusing(powers) },
  ...[...new Set(powers.flatMap(({ owners }) => owners))].map((owner) => ({ files: [standsAt(owner)], rules: refusing(powers.filter(({ owners }) => !owners.includes(owner))) })),
  { files: withoutPowers, rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' } },
]

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
const foldersOfSource = namesIn('src').flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
const depths = (folder: string): number[] => [0, ...namesIn(folder).flatMap((entry) => (entry.isDirectory() ? depths(`${folder}/${entry.name}`).map((depth) => depth + 1) : []))]

/**
 * What a file of the folder may not import. A relative path that leaves the folder begins with as many `../` as the file is deep in it, which is
 * how `../../chat` of the house is told from a folder `chat` within. Patterns read like those of a .gitignore: a later `!` opens again.
 */
const importRules = ({ from, values, types, packages: allowed }: Arrow, depth: number): Rules => {
  const up = '../'.repeat(depth + 1)
  const others = [...arrows.map((arrow) => arrow.from).filter((folder) => folder !== from), ...entries]
  const allBut = (open: string[]) => [
    ...others.filter((folder) => !open.includes(folder)).flatMap((folder) => [`${up}${folder}`, `${up}${folder}/**`]),
    // A part of a folder, such as `browser/clock`: a file or a folder.
    ...open.filter((part) => part.includes('/')).flatMap((part) => [`!${up}${part}`, `!${up}${part}.ts`, `!${up}${part}/**`]),
  ]
  const message = `${from} imports ${[...values, ...types.map((folder) => `types of ${folder}`)].join(', ') || 'nothing of ours'}`
  return {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { group: allBut([...values, ...types]), message },
          { group: allBut(values), message, allowTypeImports: true },
          ...packages.filter((name) => !allowed.includes(name)).map((name) => ({ group: [name], message: `${from} has no ${name}`, allowTypeImports: true })),
        ],
      },
    ],
  }
}

const arrowOverrides = (): Override[] => [
  ...arrows
    .filter(({ from }) => foldersOfSource.includes(from))
    .flatMap((arrow) =>
      [...new Set(depths(`src/${arrow.from}`))].map((depth) => {
        const files = `src/${arrow.from}/${'*/'.repeat(depth)}*`
        return { files: [`${files}.ts`, `${files}.tsx`], rules: importRules(arrow, depth) }
      }),
    ),
  // A test stands beside what it tests and above it: it may import both.
  { files: ['src/**/*.test.ts', 'src/**/*.test.tsx', ...notHeldYet], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['e2e/*.spec.ts', 'e2e/specs/**/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['playwright', 'playwright/**', '**/backend/**', './site**', '**/stage/site**', '**/src/**'],
              message: 'specs import only e2e/test.ts and the stage, and speak in verbs',
              allowTypeImports: true,
            },
          ],
        },
      ],
    },
  },
]

export const configuration = (overrides: Override[] = [...powerOverrides(), ...arrowOverrides()]) => ({
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['typescript', 'import', 'oxc', 'unicorn'],
  categories: { correctness: 'error' },
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: !areTypesCountedInCircles }],
    'max-lines-per-function': [isLengthHeld ? 'error' : 'off', { max: maxLinesPerFunction, skipBlankLines: true, skipComments: true }],
    'no-empty-pattern': 'off',
    'no-control-regex': 'off',
    'unicorn/no-useless-spread': 'off',
    'no-unused-expressions': 'off',
    'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    'typescript/triple-slash-reference': 'off',
  },
  overrides,
  ignorePatterns: ['dist', 'node_modules', 'e2e/hosts/routers', 'test-results'],
})

/** `.oxlintrc.json` is made anew at every check; it is there for editors, and git does not keep it. */
export const main = (): void => writeFileSync('.oxlintrc.json', `${JSON.stringify(configuration(), undefined, 2)}\n`)
