import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'playwright/test'
import { snippet } from '../../e2e/specs/dropin/official.ts'
import { createCallbacks } from '../dialect/callbacks.ts'
import { createMethods } from '../dialect/methods.ts'
import { officialNames } from './officialNames.ts'
import { run } from './run.ts'

const server = 'https://chat.example.com'
const official = snippet({ origin: server, cdn: `${server}/livechat` })

/** What the command says of a page with this text in it. */
const test = base.extend<{
  migrate(html: string, ...more: string[]): Promise<{ code: number; out: string; err: string[] }>
}>({
  migrate: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'migrate-'))
    const file = join(folder, 'page.html')
    await use(async (html, ...more) => {
      await writeFile(file, html)
      const out: string[] = []
      const err: string[] = []
      const code = await run(
        ['migrate', file, ...more],
        {
          out: (line) => void out.push(line),
          err: (line) => void err.push(line.replace(file, 'page.html')),
          environment: {},
        },
        '1.2.3',
      )
      return { code, out: out.join('\n'), err }
    })
    await rm(folder, { recursive: true })
  },
})

const element = (html: string) => /<script[\s\S]*<\/script>/.exec(html)![0]

test('migrate prints the snippet with the address of the script changed, and nothing else', async ({ migrate }) => {
  const page = `<!doctype html><title>Shop</title><script>var cart = []</script>${official}
    <script>RocketChat(function () { this.setTheme({ color: '#123' }); this.onChatStarted(function () {}) })</script>`
  const cdn = 'https://files.example'
  expect(await migrate(page, '--script', `${cdn}/rocketchat-livechat.min.js`)).toEqual({
    code: 0,
    out: element(snippet({ origin: server, cdn })),
    err: [],
  })
  const { code, out, err } = await migrate(page)
  expect([code, out]).toEqual([0, element(snippet({ origin: server, cdn: 'https://cdn.example.com' }))])
  expect(err).toEqual([expect.stringContaining('--script')])
})

test('the oldest forms of the snippet are known as well', async ({ migrate }) => {
  for (const tag of [
    `<script>initRocket = ['${server}/livechat']</script><script async src="${server}/livechat/rocketchat-livechat.min.js"></script>`,
    `<script>j.src = '${server}/packages/rocketchat_livechat/assets/rocketchat-livechat.min.js?_=201702160944'</script>`,
    `<script>j.src = "${server}/packages/rocketchat:livechat/assets/rocket-livechat.js"</script>`,
  ]) {
    const { code, out } = await migrate(tag, '--script', '/ours.js')
    expect(code, tag).toBe(0)
    expect(out).toMatch(/(["'])\/ours\.js(\?_=201702160944)?\1/)
    expect(out).not.toMatch(/rocket(chat)?-livechat/)
  }
})

test('calls, elements and messages without a counterpart are named, each with its line', async ({ migrate }) => {
  const page = `${official}
<style>.rocketchat-widget { bottom: 40px }</style>
<script>
  RocketChat(function () {
    this.setTheme({ hideExpandChat: true })
    this.setTypo('x')
  })
  class Cart { constructor() { this.fill(1) } }
  RocketChat.livechat.maximizeWidget()
  RocketChat.livechat.resizeWidget(400)
  document.getElementById('rocketchat-iframe').contentWindow.postMessage({ src: 'rocketchat', fn: 'openWidget' }, '*')
</script>`
  const { code, err } = await migrate(page, '--script', '/ours.js')
  expect(code).toBe(1)
  const first = official.split('\n').length
  expect(err.map((line) => line.replace(/ has no counterpart.*/, ''))).toEqual([
    `page.html:${first + 1}: .rocketchat-widget`,
    `page.html:${first + 4}: hideExpandChat`,
    `page.html:${first + 5}: setTypo()`,
    `page.html:${first + 9}: resizeWidget()`,
    `page.html:${first + 10}: 'rocketchat-iframe'`,
    `page.html:${first + 10}: src: 'rocketchat'`,
  ])
})

test('a page without the snippet, and a file that is not there, are said to be so', async ({ migrate }) => {
  expect(await migrate('<h1>Shop</h1>')).toEqual({ code: 1, out: '', err: [expect.stringContaining('no snippet')] })
  const err: string[] = []
  const terminal = { out() {}, err: (line: string) => void err.push(line), environment: {} }
  expect(await run(['migrate', '/nowhere/page.html'], terminal, '1.2.3')).toBe(2)
  expect(await run(['migrate'], terminal, '1.2.3')).toBe(2)
  expect(err).toEqual([expect.stringContaining('/nowhere/page.html'), expect.stringContaining('page.html')])
})

test('the names that are known are those of the dialect', () => {
  const say = () => {}
  const callbacks = createCallbacks(say, { read: () => undefined, write() {} })
  expect([...officialNames].sort()).toEqual([...Object.keys(createMethods(say)), ...Object.keys(callbacks)].sort())
})
