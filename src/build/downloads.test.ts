import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { downloadOf, downloads, isIn, languageFile, sharedFolders } from './downloads'

const modules = JSON.parse(readFileSync('dist/modules.json', 'utf8')) as Record<string, string[]>
/** `chunks/launcher-0a1b2c3d.js` → `launcher`. The single file, the npm files and the command are no download of a page's own. */
const nameOf = (file: string) =>
  (/^chunks\/([\w-]+?)-[\w-]{8}\.js$/.exec(file) ?? /^([\w-]+)(?:\.min)?\.js$/.exec(file))?.[1]
const files = Object.keys(modules).filter(
  (file) =>
    /^(chunks\/|tagalong\.js$|rocketchat-)/.test(file) && !modules[file]?.every((path) => languageFile.test(path)),
)

test('which download a file is in can be read from its folder', () => {
  const astray = files.flatMap((file) => {
    const name = nameOf(file)
    const copies = downloads.find((download) => download.name === name)?.copies ?? []
    return (modules[file] ?? [])
      .filter(
        (path) =>
          path.startsWith('src/') &&
          downloadOf(path) !== name &&
          ![...sharedFolders, ...copies].some((folder) => isIn(folder, path)),
      )
      .map((path) => `${path} is in ${file}`)
  })
  expect(astray).toEqual([])
})

test('every download of the table is built, every folder of it is there, and nothing else is built', () => {
  expect(files.map(nameOf).sort()).toEqual(downloads.map(({ name }) => name).sort())
  for (const folder of [...sharedFolders, ...downloads.flatMap(({ folders }) => folders)])
    expect(existsSync(folder), folder).toBe(true)
})

test('the longest folder that fits a file decides', () => {
  expect(
    [
      'src/chat/conversation.ts',
      'src/chat/talk/history.ts',
      'src/ui/panel/Panel.tsx',
      'src/tagalong.ts',
      'src/wire/json.ts',
      'src/chatter.ts',
    ].map(downloadOf),
  ).toEqual(['chat', 'talk', 'panel', 'tagalong', undefined, undefined])
})
