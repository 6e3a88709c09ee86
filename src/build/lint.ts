import { writeFileSync } from 'node:fs'
import { arrows, packages, powers, withoutPowers, type Arrow, type Power } from './house.ts'

/** A function longer than this wants a second idea found in it. */
const maxLinesPerFunction = 80
const isLengthHeld = true
/** Whether a circle closed by a type alone is one. */
const areTypesCountedInCircles = true

type Rules = Record<string, unknown>
interface Override {
  files: string[]
  rules: Rules
}

/** The rules that keep these powers from a file. */
const refusing = (refused: Power[]): Rules => {
  const named = refused.flatMap(({ names, owners }) =>
    names.map((name) => ({ name, message: owners.length ? `${owners.join(' and ')} has it` : 'nobody has it' })),
  )
  return {
    'no-restricted-globals': [
      'error',
      { globals: named.filter(({ name }) => !name.includes('.')), checkGlobalObject: true },
    ],
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
  ...[...new Set(powers.flatMap(({ owners }) => owners))].map((owner) => ({
    files: [owner],
    rules: refusing(powers.filter(({ owners }) => !owners.includes(owner))),
  })),
  { files: withoutPowers, rules: { 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' } },
]

/** A package belongs to the folders that name it. Which folder may import which is checked by arrows.ts, which tells types and import() apart. */
const packageRules = ({ from, packages: allowed }: Arrow): Rules => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: packages
        .filter((name) => !allowed.includes(name))
        .map((name) => ({ group: [name], message: `${from} has no ${name}`, allowTypeImports: true })),
    },
  ],
})

const importOverrides = (): Override[] => [
  ...arrows.map((arrow) => ({
    files: [`src/${arrow.from}/**/*.ts`, `src/${arrow.from}/**/*.tsx`],
    rules: packageRules(arrow),
  })),
  // A test stands beside what it tests and above it: it may import both.
  { files: ['src/**/*.test.ts', 'src/**/*.test.tsx'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['e2e/specs/**/*.spec.ts'],
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

export const configuration = (overrides: Override[] = [...powerOverrides(), ...importOverrides()]) => ({
  $schema: './node_modules/oxlint/configuration_schema.json',
  plugins: ['typescript', 'import', 'oxc', 'unicorn'],
  categories: { correctness: 'error' },
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: !areTypesCountedInCircles }],
    'max-lines-per-function': [
      isLengthHeld ? 'error' : 'off',
      { max: maxLinesPerFunction, skipBlankLines: true, skipComments: true },
    ],
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
