/** What a customer's page downloads: kB = 1,000 bytes, brotli 11, files as built. */
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, constants } from 'node:zlib'
import { expect, test } from 'playwright/test'
import { withNpm } from '../../stage/npmFiles.ts'

const compressed = (content: string | Buffer) =>
  brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
const chunks = readdirSync('dist/chunks')
const fileOf = (name: string) => `chunks/${chunks.find((file) => file.replace(/-[\w-]{8}\.js$/, '') === name)}`
const sizeOf = (...files: string[]) => files.reduce((sum, file) => sum + compressed(readFileSync(`dist/${file}`)), 0)
/** The file, and all that the browser fetches with it. */
const withImports = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  for (const [, name] of readFileSync(`dist/${file}`, 'utf8').matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g))
    withImports(`chunks/${name}`, found)
  return found
}
const modules = JSON.parse(readFileSync('dist/modules.json', 'utf8')) as Record<string, string[]>
const languages = chunks.filter((file) =>
  modules[`chunks/${file}`]?.every((name) => /^src\/ui\/strings\/[a-z]{2}(-[A-Z]{2})?\.ts$/.test(name)),
)

/**
 * Bytes, compressed with brotli at its best. Of the script's, 1,100 are for what must be there the moment a page goes: posts without a preflight,
 * and the last page of a visitor who never returns; 100 keep the database free for other tabs when a widget is destroyed, and refusals from being
 * taken for arrivals; 110 bound the queue where recovery cannot be fetched; 80 thin a storm of addresses; 60 see what is no record of ours in the
 * database; 350 are for secrets in addresses and pages that rewrite themselves. 200 of the launcher's tell the host that the chat cannot work.
 */
const budgets = {
  script: 9_250,
  launcher: 8_400,
  pageView: 17_650,
  firstOpen: 21_750,
  language: 2_000,
  // One form has a hash of the script, which no compression makes shorter and each build makes another.
  snippet: 450,
}

test('tagalong.js keeps to its budget', () => {
  expect(sizeOf('tagalong.js')).toBeLessThanOrEqual(budgets.script)
})

test('a page view takes two files: tagalong.js and the launcher with Preact', () => {
  expect([...withImports(fileOf('launcher'))]).toEqual([fileOf('launcher')])
  expect(sizeOf(fileOf('launcher'))).toBeLessThanOrEqual(budgets.launcher)
  expect(sizeOf('tagalong.js', fileOf('launcher'))).toBeLessThanOrEqual(budgets.pageView)
})

test('what runs at once is marked to be compiled at once, out of the page’s way', () => {
  for (const file of ['tagalong.js', fileOf('launcher')])
    expect(readFileSync(`dist/${file}`, 'utf8'), file).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/)
})

test('the first open takes three more: the panel, the conversation and one language', () => {
  const more = new Set([fileOf('panel'), fileOf('chat'), fileOf('en')].flatMap((file) => [...withImports(file)]))
  more.delete(fileOf('launcher'))
  expect(more.size).toBe(3)
  expect(sizeOf(...more)).toBeLessThanOrEqual(budgets.firstOpen)
})

test('every language keeps to its budget and comes alone', () => {
  expect(languages.length).toBeGreaterThan(1)
  for (const file of languages) {
    expect(sizeOf(`chunks/${file}`), file).toBeLessThanOrEqual(budgets.language)
    expect(withImports(`chunks/${file}`).size, file).toBe(1)
  }
})

test('what customers paste keeps to its budget', () => {
  const forms = readFileSync('dist/snippet.html', 'utf8')
    .trim()
    .split(/\n\n(?=<!--)/)
  expect(forms).toHaveLength(4)
  for (const form of forms) expect(compressed(form)).toBeLessThanOrEqual(budgets.snippet)
})

test('nothing of the chat is in the script or in the npm tracker', () => {
  const tracker = [...withNpm('npm/tracker.js')]
  expect(tracker.length).toBeGreaterThan(1)
  for (const file of ['tagalong.js', fileOf('recovery'), ...tracker]) {
    const inside = modules[file] ?? []
    expect(inside, file).not.toEqual([])
    expect(
      inside.filter((name) => /^(preact|@preact)\/|^src\/(chat|ui)\//.test(name)),
      file,
    ).toEqual([])
  }
})

test('what has a state is once in every download', () => {
  const having = (name: string) =>
    Object.keys(modules)
      // The testing kit's demo and desk are pages of their own.
      .filter((file) => !file.startsWith('testing/') && modules[file]!.some((module) => module.startsWith(name)))
      .sort()
  expect(having('@preact/signals-core/')).toEqual([fileOf('chat'), 'tagalong.all.js'])
  expect(having('preact/dist/')).toEqual([fileOf('launcher'), 'tagalong.all.js'])
  expect(having('idb-keyval/')).toEqual(['rocketchat-livechat.min.js', 'tagalong.all.js', 'tagalong.js'])
})
