/** Next's App Router, installed and built when it is missing: a command of its own, `npm run test:next`. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { travel } from '../../stage/journeys.ts'
import { applicationFiles } from '../../stage/readme.ts'
import { expect, test, trail } from '../../test.ts'

const home = import.meta.dirname
/** Where the application is put together: git does not look there. */
const cwd = `${home}/dist`
const port = 3017
const next = ['../node_modules/next/dist/bin/next']
const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
let shop: ChildProcess

const npm = (folder: string, ...args: string[]) =>
  execFileSync('npm', [...args, '--loglevel', 'error'], { cwd: folder, encoding: 'utf8' })

/** The package as npm hands it out, beside Next. */
const install = () => {
  const [{ filename }] = JSON.parse(npm('.', 'pack', '--json', '--ignore-scripts', '--pack-destination', cwd)) as [
    { filename: string },
  ]
  npm(home, 'install', '--no-audit', '--no-fund', '--no-save', `${cwd}/${filename}`)
}

const putTogether = () => {
  for (const name of ['app', 'next.config.mjs', 'package.json'])
    cpSync(`${home}/${name}`, `${cwd}/${name}`, { recursive: true })
  const files = Object.entries(applicationFiles('Next.js'))
  expect(files).toHaveLength(2)
  for (const [path, code] of files) writeFileSync(`${cwd}/${path.replace('app/', 'app/(readme)/')}`, code)
}

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(600_000)
  rmSync(cwd, { recursive: true, force: true })
  mkdirSync(cwd)
  install()
  putTogether()
  execFileSync(process.execPath, [...next, 'build'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] })
  shop = spawn(process.execPath, [...next, 'start', '-p', `${port}`], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const said of shop.stdout!) if (/Ready/.test(String(said))) break
})

test.afterAll(async () => {
  shop.kill()
  await once(shop, 'exit')
})

test.beforeEach(({ server }) => server.settings({ limiter: false }))

const site = { origin: `http://127.0.0.1:${port}` }

test.describe('with the script tag', () => {
  test.beforeEach(({ server, visitor }) =>
    // The built pages do not know where this test's server is.
    visitor.page.addInitScript(
      ({ src, origin }) =>
        addEventListener('DOMContentLoaded', () => {
          const tag = document.createElement('script')
          tag.async = true
          tag.src = src
          tag.dataset.server = origin
          document.head.append(tag)
        }),
      { src: `${server.cdn}/tagalong.js`, origin: server.origin },
    ),
  )

  test('Next, with pauses: every page arrives once, with its title', ({ visitor, server }) =>
    travel({ visitor, server, site, pauses: true }))

  test('Next, in a hurry and without the Navigation API: every page arrives once, with its title', async ({
    visitor,
    server,
  }) => {
    await visitor.page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))
    await travel({ visitor, server, site })
  })
})

/** The shop at another address, with this livechat server in the place of the one that README names: built pages know no other. */
const openBranch = async (livechat: string): Promise<{ origin: string; close(): void }> => {
  const branch = createServer(async ({ url, headers: { rsc } }, response) => {
    const answer = await fetch(site.origin + url, { headers: rsc ? { rsc: `${rsc}` } : {} })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    response.end((await answer.text()).replaceAll('https://chat.example.com', livechat))
  })
  branch.listen(0, '127.0.0.1')
  await once(branch, 'listening')
  // Of a server that listens on a port, this is where.
  const { port } = branch.address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => branch.close() }
}

test('README’s layout for Next has a widget whose state is on every page, and one visit for each', async ({
  visitor,
  server,
  said,
}) => {
  const { page, widget } = visitor
  const branch = await openBranch(server.origin)
  const html = await (await fetch(`${branch.origin}/with-adapter`)).text()
  expect(html.replaceAll('<!-- -->', '')).toContain('<button>Help (0)</button>')
  await page.goto(`${branch.origin}/with-adapter`)
  // The button is there before the page is taken over, and the launcher only then.
  await expect(visitor.launcher).toBeVisible()
  await page.getByRole('button', { name: 'Help (0)', exact: true }).click()
  await widget.say('Hello')
  await expect.poll(server.said).toEqual(['Hello'])
  await widget.close()
  await page.getByRole('link', { name: 'Shoes' }).click()
  await expect(page).toHaveTitle('Shoes')
  await server.agent({ does: 'say', text: 'Hi' })
  await expect(page.getByRole('button', { name: 'Help (1)', exact: true })).toBeVisible()
  await expect(widget.root).toHaveCount(1)
  await expect.poll(() => trail(server, branch)).toEqual(['/with-adapter Start', '/with-adapter/shoes Shoes'])
  expect(said.filter((line) => /^(warning|error|uncaught)/.test(line))).toEqual([])
  branch.close()
})
