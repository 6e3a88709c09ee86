/** A visitor's token is the same whichever language it was derived in, by the very lines that README shows. */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { visitorToken, type TokenSource } from '../../src/token.ts'
import { hasProgram } from '../stage/programs.ts'
import { readme, snippetsOf } from '../stage/readme.ts'

interface Vector extends Required<TokenSource> {
  what: string
  token: string
}
const vectors = JSON.parse(readFileSync('e2e/identity/vectors.json', 'utf8')) as Vector[]
const [plainest] = vectors as [Vector]
const secret = 's'.repeat(32)

/** What would be no secret, or the token of several users at once. */
const refused = [
  { secret: 's'.repeat(31), userId: 'user-42', epoch: 1 },
  { secret, userId: '', epoch: 1 },
  { secret, userId: ' \n', epoch: 1 },
  { secret, userId: 'user-42', epoch: -1 },
]

/** Another test of this process may have made a page of it. */
let documentBefore: unknown
test.beforeEach(() => {
  documentBefore = Reflect.get(globalThis, 'document')
  Reflect.deleteProperty(globalThis, 'document')
})
test.afterEach(() => {
  if (documentBefore) Object.assign(globalThis, { document: documentBefore })
})

test('no two examples have the same token, which is as long as the widget’s own', () => {
  expect(new Set(vectors.map(({ token }) => token)).size).toBe(vectors.length)
  for (const { token, what } of vectors) expect(token, what).toMatch(/^[0-9a-f]{64}$/)
})

test('the package derives the token of every example', async () => {
  for (const { what, token, ...source } of vectors) expect(await visitorToken(source), what).toBe(token)
  expect(await visitorToken({ secret: plainest.secret, userId: plainest.userId })).toBe(plainest.token)
})

test('the package refuses what would be no secret of one user, in one sentence', async () => {
  const without = (wrong: object) => visitorToken({ secret, userId: 'user-42', ...wrong })
  for (const wrong of refused) await expect(without(wrong)).rejects.toMatchObject({ code: 'bad-call' })
  for (const secret of ['', undefined, 42])
    await expect(without({ secret })).rejects.toThrow(
      'visitorToken needs a secret of at least 32 bytes: make one with “openssl rand -hex 32”.',
    )
  for (const userId of [undefined, null, 42, 'broken \ud800'])
    await expect(without({ userId })).rejects.toThrow(
      'visitorToken needs a userId: the id of a signed-in user, as a text that is not empty.',
    )
  for (const epoch of [null, 1.5, NaN, '1', 2 ** 53])
    await expect(without({ epoch })).rejects.toThrow('visitorToken needs an epoch that is a whole number, 0 or more.')
})

test('in a page nothing is derived: the secret would be there as well', async () => {
  Object.assign(globalThis, { document: {} })
  try {
    await expect(visitorToken(plainest)).rejects.toThrow(
      'visitorToken runs on your server only: in a page anybody could read the secret.',
    )
  } finally {
    Reflect.deleteProperty(globalThis, 'document')
  }
})

/** Programs that print, for each case in the file they are given, its token or “refused”, by the function README shows. */
const languages = [
  {
    name: 'php',
    file: 'token.php',
    rest: `
$tokens = [];
foreach (json_decode(file_get_contents($argv[1]), true) as $case) {
    try {
        $tokens[] = tagalong_token($case['secret'], $case['userId'], $case['epoch']);
    } catch (InvalidArgumentException $error) {
        $tokens[] = 'refused';
    }
}
echo json_encode($tokens);`,
  },
  {
    name: 'python',
    program: 'python3',
    file: 'token.py',
    rest: `
import json, sys
def answer(case):
    try:
        return tagalong_token(case["secret"], case["userId"], case["epoch"])
    except ValueError:
        return "refused"
print(json.dumps([answer(case) for case in json.load(open(sys.argv[1], encoding="utf-8"))]))`,
  },
  {
    name: 'ruby',
    file: 'token.rb',
    rest: `
require 'json'
puts(JSON.parse(File.read(ARGV[0], encoding: 'UTF-8')).map do |one|
  tagalong_token(one['secret'], one['userId'], one['epoch'])
rescue ArgumentError
  'refused'
end.to_json)`,
  },
]

for (const { name, program = name, file, rest } of languages)
  test(`the lines for ${name} in README derive the same tokens, and refuse the same`, () => {
    test.skip(!hasProgram(program), `Skipped: there is no ${program} on this machine.`)
    const snippets = snippetsOf(name)
    expect(snippets).toHaveLength(1)
    const [code, cases] = [test.info().outputPath(file), test.info().outputPath('cases.json')]
    writeFileSync(code, snippets[0] + rest)
    writeFileSync(cases, JSON.stringify([...vectors, ...refused]))
    const printed = execFileSync(program, [code, cases], { encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual([...vectors.map(({ token }) => token), ...refused.map(() => 'refused')])
  })

test('what README puts on the tag is what the widget reads, and signing out is shown beside each', () => {
  const rows = (readme.split('<!-- sign-in -->')[1]?.split('\n\n')[1] ?? '').split('\n').slice(2)
  expect(rows).toHaveLength(languages.length + 1)
  for (const row of rows) {
    const [, signedIn = '', signedOut = ''] = /^\| [^|]+ \| (.+) \| (.+) \|$/.exec(row) ?? []
    expect(signedOut, row).toContain('chat.reset()')
    expect(signedIn, row).toMatch(/prechatForm: false|data-prechat-form="false"/)
    const [, attribute] = /data-guest='(.*)'/.exec(signedIn) ?? []
    if (attribute === undefined) expect(signedIn, row).toContain('await chat.identify({ token })')
    else
      expect(JSON.parse(attribute.replace(/<\?=.*\?>|\{\{.*\}\}|<%=.*%>/, plainest.token)), row).toEqual({
        token: plainest.token,
      })
  }
})
