/** The testing kit as a host has it: the packed package, installed into an empty folder, and README's own test run there. */
import { spawn, execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect, test as base } from 'playwright/test'
import { createBackend } from '../../backend/index.ts'
import { findChromium } from '../../stage/browser.ts'
import { snippetsOf } from '../../stage/readme.ts'
import { createSite } from '../../stage/site.ts'

const run = promisify(execFile)

/** What a host's shell has: nothing of the runner that this test runs in. */
const { PATH, HOME } = process.env
const bare = { PATH, HOME }

/** Ended with this code, and said this. */
const ended = async (cwd: string, ...args: string[]): Promise<{ code: number; out: string }> => {
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd, env: bare })
    return { code: 0, out: stdout + stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout + stderr }
  }
}

/** A folder with the package, as `npm install` makes it; its dependencies are those of this repository, so that no network is needed. */
const test = base.extend<object, { folder: string }>({
  folder: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'kit-'))
      await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder])
      const names = ['preact', '@preact/signals', '@preact/signals-core', 'idb-keyval']
      const overrides = Object.fromEntries(names.map((name) => [name, `file:${resolve('node_modules', name)}`]))
      await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, overrides }))
      // What these packages run to build themselves has been run.
      await run('sh', ['-c', 'npm install --offline --ignore-scripts --no-audit --no-fund ./*.tgz'], { cwd: folder })
      await use(folder)
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
})

// One after the other: the folder is made once.
test.describe.configure({ mode: 'default' })

test('a test of Node’s own runner has a server, and reads what has not arrived', async ({ folder }) => {
  await writeFile(
    join(folder, 'visits.test.mjs'),
    `import assert from 'node:assert/strict'
     import { test } from 'node:test'
     import { createLivechat } from '@tagalong/livechat/testing'

     test('visits', async () => {
       const livechat = await createLivechat()
       const pageInfo = { change: 'url', title: 'Shoes', location: { href: 'https://shop.example/shoes' } }
       const response = await fetch(livechat.origin + '/api/v1/livechat/page.visited', {
         method: 'POST',
         headers: { 'content-type': 'application/json' },
         body: JSON.stringify({ token: 'somebody', pageInfo }),
       })
       assert.equal(response.status, 200)
       await livechat.expectVisits([{ href: '/shoes', title: 'Shoes' }])
       await assert.rejects(livechat.expectVisits(['/'], { timeoutMs: 0 }), (error) => {
         console.log(error.name, error.message)
         return true
       })
       assert.match(await (await fetch(livechat.script)).text(), /Tagalong/)
       await livechat.stop()
     })`,
  )
  // What CommonJS is, and Jest among its runners, asks for it in the older way.
  await writeFile(join(folder, 'older.cjs'), `console.log(Object.keys(require('@tagalong/livechat/testing')).join())`)
  const { code, out } = await ended(folder, '--test', 'visits.test.mjs')
  expect(out).toContain('AssertionError')
  expect(out).toMatch(/ {2}- \/\n.* {2}\+ https:\/\/shop\.example\/shoes "Shoes"/)
  expect(code).toBe(0)
  expect(await ended(folder, 'older.cjs')).toEqual({
    code: 0,
    out: 'PortError,createLivechat,livechatFixtures,livechatMatchers\n',
  })
})

/** Starts the command and waits until it has said all it says. */
const serving = async (cwd: string, command: string, ...args: string[]) => {
  const process = spawn(command, [...args, 'serve', '--port', '0'], {
    cwd,
    env: bare,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = new Promise<number | null>((done) => process.once('close', done))
  const lines: string[] = []
  for await (const line of createInterface(process.stdout)) {
    lines.push(line)
    if (line.includes('Ctrl-C')) break
  }
  return { said: lines.join('\n'), pid: process.pid ?? 0, closed }
}

for (const [command = '', ...args] of [['npx', '--no-install', 'tagalong'], ['node_modules/.bin/tagalong']])
  test(`${command} … serve answers until Ctrl-C`, async ({ folder }) => {
    const { said, pid, closed } = await serving(folder, command, ...args)
    const [, script = '', server = ''] = /src="(\S+)" data-server="(\S+)"/.exec(said) ?? []
    const desk = /\S+\/desk\/\S+/.exec(said)?.[0] ?? ''
    const demo = /\S+\/demo.html/.exec(said)?.[0] ?? ''
    const addresses = [`${server}/api/v1/livechat/config`, script, demo, desk]
    expect(await Promise.all(addresses.map(async (address) => (await fetch(address)).status))).toEqual([
      200, 200, 200, 200,
    ])
    // As a terminal does: to all that the line has started.
    process.kill(-pid, 'SIGINT')
    const code = await closed
    // npx itself ends by the signal.
    if (command !== 'npx') expect(code).toBe(0)
    await expect(fetch(server)).rejects.toThrow()
  })

test('the Playwright test in README passes on a site whose tag names another server', async ({ folder }) => {
  const snippet = snippetsOf('ts').find((code) => code.includes('/testing/playwright'))
  expect(snippet).toBeTruthy()
  const cdn = await createBackend({ staticFolder: 'dist' })
  const tag = `<script async src="${cdn.origin}/cdn/tagalong.js" data-server="https://chat.example.com"></script>`
  const site = await createSite((path) => ({
    title: path === '/shoes' ? 'Shoes' : 'Home',
    head: tag,
    body: '<a href="/shoes">Shoes</a>',
  }))
  const modules = join(folder, 'node_modules')
  await symlink(resolve('node_modules/playwright'), join(modules, 'playwright'))
  // The whole of that package: it hands out what is in the other.
  await mkdir(join(modules, '@playwright/test'), { recursive: true })
  await writeFile(join(modules, '@playwright/test/index.js'), `module.exports = require('playwright/test')`)
  const use = {
    baseURL: site.origin,
    launchOptions: { executablePath: findChromium(), args: ['--no-sandbox'] },
  }
  await writeFile(
    join(folder, 'playwright.config.cjs'),
    `module.exports = ${JSON.stringify({ reporter: 'line', use })}`,
  )
  // Without "type": "module", as Playwright's own generator makes a folder, and with it.
  for (const name of ['readme.spec.ts', 'readme.spec.mts']) await writeFile(join(folder, name), snippet ?? '')
  const { code, out } = await ended(folder, 'node_modules/playwright/cli.js', 'test')
  expect(out).toContain('2 passed')
  expect(code).toBe(0)
  await site.stop()
  await cdn.stop()
})
