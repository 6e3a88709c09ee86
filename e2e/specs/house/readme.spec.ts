/** Every snippet of HTML in README is put on a page as it stands, and every snippet of code type-checks against the packed declarations. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { frameworkCode, snippetsOf } from '../../stage/readme.ts'
import { expect, test } from '../../test.ts'

const run = promisify(execFile)

const stub = () =>
  readFileSync('dist/snippet.html', 'utf8')
    .split('\n')
    .find((line) => line.startsWith('<script>')) ?? ''

for (const [place, snippet] of snippetsOf('html').entries())
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

/** Type-checks files, by their names, against what the package declares. */
const typeCheck = async (sources: Record<string, string>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'tagalong-readme-'))
  for (const [name, source] of Object.entries(sources)) await writeFile(join(folder, name), source)
  // For the types of the frameworks.
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
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
        // Playwright's own declarations need those of Node.
        types: ['node'],
        typeRoots: [resolve('node_modules/@types')],
        jsx: 'react-jsx',
        paths: {
          '@tagalong/livechat': [`${types}/index.d.ts`],
          '@tagalong/livechat/token': [`${types}/token.d.ts`],
          '@tagalong/livechat/testing': [resolve('dist/testing/index.d.cts')],
          '@tagalong/livechat/testing/playwright': [resolve('dist/testing/playwright.d.cts')],
          '@playwright/test': [resolve('node_modules/playwright/test.d.ts')],
          '@tagalong/livechat/tagalong.js': [`${types}/options/global.d.ts`],
          '@tagalong/livechat/*': [`${types}/*.d.ts`],
        },
      },
      files: Object.keys(sources),
    }),
  )
  try {
    await run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', folder])
  } catch (error) {
    // What the compiler found is on its standard output.
    throw new Error((error as { stdout: string }).stdout)
  }
  await rm(folder, { recursive: true })
}

test('the snippets of code in README type-check against what the package declares', async () => {
  const codes = snippetsOf('ts')
  expect(codes.length).toBeGreaterThan(1)
  // Preact's has types of its own in the place of React's.
  const components = snippetsOf('tsx').map((code) =>
    code.includes("'preact'") ? `/** @jsxImportSource preact */\n${code}` : code,
  )
  expect(components.length).toBeGreaterThan(3)
  await typeCheck({
    ...Object.fromEntries(codes.map((code, place) => [`snippet${place}.ts`, code])),
    ...Object.fromEntries(components.map((code, place) => [`component${place}.tsx`, code])),
    'vue.d.ts': `declare module '*.vue' { const component: import('vue').Component; export default component }`,
    'fixtures.ts': `import { expect, test as base } from '@playwright/test'
      import { livechatFixtures, livechatMatchers, type LivechatFixtures } from '@tagalong/livechat/testing'
      const test = base.extend<LivechatFixtures>(livechatFixtures)
      test.use({ livechatOptions: { port: 3010, settings: { limiter: false } } })
      const told = expect.extend(livechatMatchers)
      test('visits', async ({ livechat }) => {
        await told(livechat).not.toHaveVisits([/x/], { timeoutMs: 100 })
      })`,
    'globals.ts': `import type {} from '@tagalong/livechat/tagalong.js'
      Tagalong((chat) => chat.on('unread', ({ count }) => console.log(count.toFixed())))
      document.addEventListener('tagalong:visit', ({ detail }) => console.log(detail.href.length))
      document.querySelector('tagalong-widget')?.remove()
      export const text = (chat: import('@tagalong/livechat').Tagalong): Promise<string> => chat.diagnose({ text: true })`,
  })
})

test('the line of every framework in README type-checks against what the package declares', async () => {
  const frameworks = Object.entries(frameworkCode())
  expect(frameworks.map(([name]) => name)).toEqual(['React', 'Vue', 'Next.js', 'Nuxt', 'SvelteKit', 'Angular', 'Astro'])
  const importing = `import { createTagalong } from '@tagalong/livechat'`
  const sourceOf = (code: string): string => {
    // Astro's line is a whole script.
    const script = /^<script>(.*)<\/script>$/.exec(code)?.[1] ?? `${importing}\n${code}`
    return `${script}\nexport {}\ndeclare const server: string\ndeclare const defineNuxtPlugin: (setup: () => void) => object`
  }
  await typeCheck(Object.fromEntries(frameworks.map(([name, code]) => [`${name}.ts`, sourceOf(code)])))
})
