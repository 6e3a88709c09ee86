/** Next's App Router, installed and built when it is missing: a command of its own, `npm run test:next`. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { travel } from '../../stage/journeys.ts'
import { test } from '../../test.ts'

const cwd = import.meta.dirname
const port = 3017
const next = ['node_modules/next/dist/bin/next']
const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
let shop: ChildProcess

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  test.setTimeout(600_000)
  if (!existsSync(`${cwd}/node_modules/next`))
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel', 'error'], {
      cwd,
      stdio: 'inherit',
    })
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

test.beforeEach(async ({ server, visitor }) => {
  await server.settings({ limiter: false })
  // The built pages do not know where this test's server is.
  await visitor.page.addInitScript(
    ({ src, origin }) =>
      addEventListener('DOMContentLoaded', () => {
        const tag = document.createElement('script')
        tag.async = true
        tag.src = src
        tag.dataset.server = origin
        document.head.append(tag)
      }),
    { src: `${server.cdn}/tagalong.js`, origin: server.origin },
  )
})

const site = { origin: `http://127.0.0.1:${port}` }

test('Next, with pauses: every page arrives once, with its title', ({ visitor, server }) =>
  travel({ visitor, server, site, pauses: true }))

test('Next, in a hurry and without the Navigation API: every page arrives once, with its title', async ({
  visitor,
  server,
}) => {
  await visitor.page.addInitScript(() => Object.defineProperty(window, 'navigation', { value: undefined }))
  await travel({ visitor, server, site })
})
