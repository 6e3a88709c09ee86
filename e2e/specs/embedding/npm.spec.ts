import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { demoAgent, expect, test as base, trail } from '../../test.ts'

const run = promisify(execFile)

const main = `
import { createTagalong, TagalongError, type Tagalong, type Events } from '@tagalong/livechat'
import { createTracker, type Tracker } from '@tagalong/livechat/tracker'
import { createAgent } from '@tagalong/livechat/agent'

const server = new URLSearchParams(location.search).get('server')!
export const kinds = { createTracker, createAgent, TagalongError }
const chat: Tagalong = createTagalong({ server, theme: 'dark' })
const tracker: Tracker = chat
tracker.on('delivered', ({ href }: Events['delivered']) => console.log('delivered', href))
document.querySelector('button')!.onclick = () => chat.open()
Object.assign(window, { chat })
// @ts-expect-error an address is a text
createTagalong.length === 9 && createTagalong({ server: 1 })
// @ts-expect-error there is no such event
createTagalong.length === 9 && chat.on('nothing', () => {})
`

/** The package as a front-end engineer gets it: packed, installed into an empty folder. */
const test = base.extend<object, { folder: string }>({
  folder: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'tagalong-app-'))
      const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder])
      const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
      await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
      await run('npm', ['install', '--no-audit', '--no-fund', `./${filename}`], { cwd: folder })
      await writeFile(join(folder, 'main.ts'), main)
      await writeFile(
        join(folder, 'index.html'),
        '<!doctype html><html lang="en"><head><title>App</title></head><body><button>help</button><script type="module" src="/main.ts"></script></body></html>',
      )
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
          },
          files: ['main.ts'],
        }),
      )
      await use(folder)
      await rm(folder, { recursive: true })
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test('installed from its tarball it type-checks, builds with Vite, and runs', async ({
  folder,
  visitor,
  server,
  site,
  said,
}) => {
  const tsc = resolve('node_modules/typescript/bin/tsc')
  await run(process.execPath, [tsc, '-p', folder])
  await run(process.execPath, [tsc, '-p', folder, '--module', 'nodenext', '--moduleResolution', 'nodenext'])
  await run(process.execPath, [resolve('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error'], {
    cwd: folder,
  })
  const html = await readFile(join(folder, 'dist/index.html'), 'utf8')
  site.page('/app', () => ({
    title: 'App',
    head: html.match(/<script[^>]*><\/script>/)![0],
    body: '<button>help</button>',
  }))
  const assets = async (path: string) => readFile(join(folder, 'dist', path), 'utf8')
  const { readdir } = await import('node:fs/promises')
  for (const file of await readdir(join(folder, 'dist/assets')))
    site.page(`/assets/${file}`, await assets(`assets/${file}`))
  await visitor.go(`/app?server=${encodeURIComponent(server.origin)}`)
  await expect.poll(async () => (await trail(server, site)).map((line) => line.split('?')[0])).toEqual(['/app'])
  await visitor.page.getByText('help').click()
  await expect(visitor.page.getByRole('dialog')).toBeVisible()
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/visitor')).length).toBe(1)
  expect(said.filter((line) => !line.startsWith('log: delivered'))).toEqual([])
})

test('all that it hands out as code has types, for modules and for CommonJS, which may import it dynamically', async ({
  folder,
}) => {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { exports: Record<string, unknown> }
  const paths = Object.keys(manifest.exports).filter((path) => !/\.(html|json)$/.test(path))
  expect(paths.length).toBeGreaterThan(5)
  // Of the optional peers, what the declarations of the adapters and of the testing kit refer to.
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@types'), { recursive: true })
  for (const name of ['@types/node', '@types/react', 'vue', 'playwright'])
    await symlink(resolve('node_modules', name), join(modules, name))
  // `playwright/test` under another name.
  await mkdir(join(modules, '@playwright/test'), { recursive: true })
  await writeFile(join(modules, '@playwright/test/index.d.ts'), "export * from 'playwright/test'")
  const names = paths.map((path) => `'@tagalong/livechat${path.slice(1)}'`)
  await writeFile(
    join(folder, 'all.mts'),
    names.map((name) => `import ${name}\nimport type {} from ${name}`).join('\n'),
  )
  await writeFile(
    join(folder, 'all.cts'),
    `export const all = () => [${names.map((name) => `import(${name})`).join(', ')}]`,
  )
  await writeFile(
    join(folder, 'tsconfig.all.json'),
    // Playwright's declarations refer to Node's.
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { types: ['node'] },
      files: ['all.mts', 'all.cts'],
    }),
  )
  const tsc = resolve('node_modules/typescript/bin/tsc')
  const modes = [
    ['--module', 'nodenext', '--moduleResolution', 'nodenext'],
    ['--module', 'esnext', '--moduleResolution', 'bundler'],
  ]
  for (const mode of modes)
    await run(process.execPath, [tsc, '-p', join(folder, 'tsconfig.all.json'), ...mode]).catch((error) => {
      throw new Error((error as { stdout: string }).stdout)
    })
})

test('importing it on a server runs nothing, and what it makes there does nothing', async ({ folder }) => {
  const source = `
    import { createTagalong } from '@tagalong/livechat'
    import { createTracker } from '@tagalong/livechat/tracker'
    import { createTagalongSignals } from '@tagalong/livechat/preact'
    import { createTagalongStore } from '@tagalong/livechat/store'
    const options = { server: 'https://chat.example.com' }
    const adapted = [createTagalongSignals(options).chat, createTagalongStore(options).chat]
    for (const made of [createTagalong(options), createTracker(options), ...adapted]) {
      made.on('ready', () => {})()
      // Not awaited: it never becomes an unhandled rejection.
      made.identify({ name: 'Ada' })
      for (const promise of [made.ready, made.page(), made.identify({}), made.consent(true), made.diagnose()])
        await promise.then(() => console.log('settled'), ({ code }) => code === 'no-browser' || console.log(code))
      made.destroy()
    }
    console.log('quiet')`
  await writeFile(join(folder, 'node.mjs'), source)
  const { stdout, stderr } = await run(process.execPath, ['node.mjs'], { cwd: folder })
  expect([stdout, stderr]).toEqual(['quiet\n', ''])
})

test('the installed command examines a server and prints a trail', async ({ folder, server }) => {
  const tagalong = (...args: string[]) =>
    run(join(folder, 'node_modules/.bin/tagalong'), args, {
      cwd: folder,
      env: { ...process.env, TAGALONG_USER_ID: demoAgent._id, TAGALONG_AUTH_TOKEN: demoAgent.authToken },
    })
  expect((await tagalong('doctor', server.origin, '--origin', 'http://shop.example')).stdout).toContain(
    'All 8 checks passed.',
  )
  const api = `${server.origin}/api/v1/livechat/`
  const post = (path: string, body: object) =>
    fetch(api + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  await post('visitor', { visitor: { token: 'installed', name: 'Vera' } })
  const { room } = (await (await fetch(`${api}room?token=installed`)).json()) as { room: { _id: string } }
  await post('page.visited', {
    token: 'installed',
    rid: room._id,
    pageInfo: { change: 'url', title: 'Shoes', location: { href: 'https://shop.example/shoes' } },
  })
  expect((await tagalong('trail', '--server', server.origin, '--room', room._id)).stdout).toMatch(
    /Shoes +https:\/\/shop\.example\/shoes/,
  )
})
