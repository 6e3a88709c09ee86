/** Every snippet of HTML in README is put on a page as it stands, and every snippet of code type-checks against the packed declarations. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '../../test.ts'

const run = promisify(execFile)
const readme = readFileSync('README.md', 'utf8')
const snippets = (language: string): string[] =>
  [...readme.matchAll(RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'g'))].map(([, code = '']) => code)

const stub = () =>
  readFileSync('dist/snippet.html', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('<script>')) ?? ''

for (const [place, snippet] of snippets('html').entries())
  test(`the snippet ${place + 1} of README, ${snippet.trim().slice(0, 40)}…, runs as it stands`, async ({
    visitor,
    server,
    site,
    tag,
    said,
  }) => {
    await server.settings({ limiter: false })
    const placed = snippet
      .replaceAll('https://cdn.example.com', server.cdn)
      .replaceAll('https://chat.example.com', server.origin)
    const isWhole = placed.includes('data-server')
    // A call without a tag is said to need the snippet's stub, or to wait for the script.
    const isCall = placed.includes('Tagalong(') && !isWhole && !placed.includes('tagalong:ready')
    site.page('/shop', { title: 'Shop', head: (isCall ? stub() : '') + (isWhole ? '' : tag()), body: placed })
    await visitor.go('/shop')
    await expect(visitor.launcher).toBeVisible()
    if (placed.includes('data-tracking="consent"')) await visitor.page.getByRole('button', { name: 'I agree' }).click()
    await expect.poll(() => server.visits()).toHaveLength(1)
    expect(said.filter((line) => /^(error|uncaught|warning)/.test(line))).toEqual([])
  })

test('the snippets of code in README type-check against what the package declares', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tagalong-readme-'))
  const codes = snippets('ts')
  expect(codes.length).toBeGreaterThan(1)
  const files = await Promise.all(
    codes.map(async (code, place) => {
      await writeFile(join(folder, `snippet${place}.ts`), code)
      return `snippet${place}.ts`
    }),
  )
  const globals = `import type {} from '@tagalong/livechat/tagalong.js'
    Tagalong((chat) => chat.on('unread', ({ count }) => console.log(count.toFixed())))
    document.addEventListener('tagalong:visit', ({ detail }) => console.log(detail.href.length))
    document.querySelector('tagalong-widget')?.remove()
    export const text = (chat: import('@tagalong/livechat').Tagalong): Promise<string> => chat.diagnose({ text: true })`
  await writeFile(join(folder, 'globals.ts'), globals)
  const types = resolve('dist/npm')
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: 'ESNext',
        moduleResolution: 'Bundler',
        target: 'ES2022',
        lib: ['ES2022', 'DOM'],
        types: [],
        paths: {
          '@tagalong/livechat': [`${types}/index.d.ts`],
          '@tagalong/livechat/tagalong.js': [`${types}/options/global.d.ts`],
        },
      },
      files: [...files, 'globals.ts'],
    }),
  )
  await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder]).catch((error) => {
    throw new Error((error as { stdout: string }).stdout)
  })
  await rm(folder, { recursive: true })
})
