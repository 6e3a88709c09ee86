import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'playwright/test'
import { parseSync } from 'vite'
import { powers } from './house'
import { configuration } from './lint'

const oxlint = resolve('node_modules/oxlint/bin/oxlint')

/** What the linter says of these files, as `file rule`. */
const lint = (folder: string, ...paths: string[]): { file: string; rule: string; message: string }[] => {
  const said = (() => {
    try {
      return execFileSync(process.execPath, [oxlint, '--format', 'json', ...paths], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      })
    } catch (error) {
      // The linter ends with a status of its own when it has found something.
      return (error as { stdout: string }).stdout
    }
  })()
  const { diagnostics } = JSON.parse(said) as { diagnostics: { filename: string; code: string; message: string }[] }
  return diagnostics.map(({ filename, code, message }) => ({
    file: filename,
    rule: code.replace(/.*\((.*)\)/, '$1'),
    message,
  }))
}

/** A small house of its own with the configuration of this one. */
const house = (files: Record<string, string>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'tagalong-lint-'))
  for (const [path, code] of Object.entries({ '.oxlintrc.json': JSON.stringify(configuration()), ...files })) {
    mkdirSync(join(folder, dirname(path)), { recursive: true })
    writeFileSync(join(folder, path), code)
  }
  return folder
}

test('a power is refused to every file but its owner', () => {
  const found = lint(
    house({
      'src/browser/send.ts': 'export const a = fetch\nexport const b = () => setTimeout(() => {})\n',
      'src/wire/json.ts': 'export const { fetch } = globalThis\nexport const d = Date.now()\n',
      'src/wire/json.test.ts': 'export const e = fetch\n',
    }),
    'src',
  )
  expect(found.map(({ file, rule }) => `${file} ${rule}`).sort()).toEqual([
    'src/browser/send.ts no-restricted-globals',
    'src/wire/json.ts no-restricted-globals',
    'src/wire/json.ts no-restricted-properties',
  ])
})

test('a package belongs to the folders that name it', () => {
  const found = lint(
    house({
      'src/chat/room.ts': `import { h } from 'preact'\nimport { signal } from '@preact/signals-core'\nexport const all = [h, signal]\n`,
      'src/chat/start.ts': `import { signal } from '@preact/signals-core'\nexport const all = [signal]\n`,
    }),
    'src',
  ).filter(({ rule }) => rule === 'no-restricted-imports')
  expect([...new Set(found.map(({ file }) => file))].sort()).toEqual(['src/chat/room.ts'])
})

test('no owner in the table goes without using its power', () => {
  const mentions = (path: string, name: string) => {
    const code = readFileSync(path, 'utf8')
    const { comments } = parseSync(path, code)
    const spoken = comments.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), code)
    return new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(spoken)
  }
  const unused = powers.flatMap(({ names, owners }) =>
    owners.flatMap((owner) =>
      names.filter((name) => !mentions(owner, name)).map((name) => `${owner} has no use for ${name}`),
    ),
  )
  expect(unused).toEqual([])
})
