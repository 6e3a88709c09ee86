/** The commonest mistakes of whoever pastes the line, each made on purpose: the console says in one sentence what is wrong and what to do. */
import type { Check } from '../../../src/options/index.ts'
import { expect, test, type Server } from '../../test.ts'

declare global {
  interface Window {
    toldErrors: string[]
  }
}

/** Nobody listens there. */
const deadServer = 'http://127.0.0.1:59871'
const tagFor = (server: Server, address: string, attributes = '') =>
  `<script async src="${server.cdn}/tagalong.js" data-server="${address}" ${attributes}></script>`

interface Mistake {
  title: string
  /** What the page has in its head. */
  head(server: Server): string
  headers?(server: Server): Record<string, string>
  settings?: Record<string, unknown>
  says: RegExp
  /** The heading of README that the sentence leads to. */
  heading: string
  /** The chat is opened as well. */
  isOpened?: true
}

const mistakes: Mistake[] = [
  {
    title: 'a server that does not answer',
    head: (server) => tagFor(server, deadServer),
    says: /^http:\/\/127\.0\.0\.1:59871 does not answer: check the address/,
    heading: 'the-server-does-not-answer',
  },
  {
    title: 'an address without https://',
    head: (server) => tagFor(server, 'chat.example.com'),
    says: /^“chat\.example\.com” has no https:\/\/ .*: write https:\/\/chat\.example\.com/,
    heading: 'the-server-does-not-answer',
  },
  {
    title: 'a policy that does not name the server',
    head: (server) => tagFor(server, server.origin.replace('127.0.0.1', 'localhost')),
    headers: (server) => ({ 'content-security-policy': `script-src ${server.origin}; connect-src 'self'` }),
    says: /^This page’s Content-Security-Policy forbids requests to http:\/\/localhost:\d+: add http:.* and ws:.* to its connect-src/,
    heading: 'the-server-does-not-answer',
  },
  {
    title: 'livechat switched off on the server, as it is installed',
    head: (server) => tagFor(server, server.origin),
    settings: { enabled: false },
    says: /^Livechat is switched off on the server, so there is no launcher: .*Livechat_enabled/,
    heading: 'livechat-is-switched-off',
  },
  {
    title: 'no agent online',
    head: (server) => tagFor(server, server.origin),
    settings: { online: false },
    says: /^No agent is online: have one go online/,
    heading: 'no-agent-is-online',
  },
  {
    title: 'a launcher that is nowhere on the page',
    head: (server) => tagFor(server, server.origin, 'data-launcher="#help"'),
    says: /^An option cannot be used: launcher “#help” is nowhere on this page/,
    heading: 'an-option-is-wrong',
  },
  {
    title: 'a typing error in an attribute',
    head: (server) => tagFor(server, server.origin, 'data-lanuage="de" data-cfasync="false"'),
    says: /^An option cannot be used: data-lanuage is not known, did you mean data-language\?/,
    heading: 'an-option-is-wrong',
  },
  {
    title: 'a language that there are no words in',
    head: (server) => tagFor(server, server.origin, 'data-language="klingon"'),
    says: /^An option cannot be used: language “klingon” is none of en, de, /,
    heading: 'an-option-is-wrong',
  },
  {
    title: 'a department that the server does not have',
    head: (server) => tagFor(server, server.origin, 'data-department="Moon"'),
    says: /^The server has no such department: use the id or the name of an enabled department/,
    heading: 'an-option-is-wrong',
    isOpened: true,
  },
  {
    title: 'a second tag',
    head: (server) => tagFor(server, server.origin) + tagFor(server, server.origin),
    says: /^The script is on this page twice, and the second does nothing: leave one of the tags out/,
    heading: 'an-option-is-wrong',
  },
]

const ofOurs = (said: string[]) => said.filter((line) => line.includes('[Tagalong]'))

for (const { title, head, headers, settings, says, heading, isOpened } of mistakes)
  test(`${title} is told in one sentence, on the console, by an event and by diagnose()`, async ({
    visitor,
    server,
    site,
    said,
  }) => {
    await server.settings({ limiter: false, ...settings })
    site.page('/shop', { title: 'Shop', head: head(server), headers: headers?.(server) })
    await visitor.page.addInitScript(() => {
      Object.assign(window, { toldErrors: [] })
      document.addEventListener('tagalong:error', ({ detail }) => window.toldErrors.push(detail.says))
    })
    await visitor.go('/shop')
    if (isOpened) await visitor.launcher.click()
    await expect.poll(() => ofOurs(said), { timeout: 12_000 }).toHaveLength(1)
    const [line = ''] = ofOurs(said)
    expect(line).toMatch(/^warning: \[Tagalong\] /)
    const sentence = line.replace('warning: [Tagalong] ', '')
    expect(sentence).toMatch(says)
    expect(await visitor.page.evaluate(() => window.toldErrors)).toEqual([sentence])
    expect(line).toContain(`#${heading})`)
    // Once, whatever happens on this page.
    await visitor.push('/more', 'More')
    await visitor.push('/end', 'End')
    await expect.poll(() => visitor.page.title()).toBe('End')
    expect(ofOurs(said)).toHaveLength(1)
    const checks = await visitor.page.evaluate(
      () => new Promise<Check[]>((resolve) => window.Tagalong((chat) => void chat.diagnose().then(resolve))),
    )
    expect(checks.find(({ name }) => name === 'warnings')).toMatchObject({
      ok: false,
      says: `The console of this page was told: ${sentence}`,
    })
  })

test('a server that answers again, and livechat switched on, are noticed by the next page', async ({
  visitor,
  server,
  said,
}) => {
  await server.settings({ enabled: false, limiter: false })
  await visitor.go('/')
  await expect.poll(() => ofOurs(said)).toHaveLength(1)
  await server.settings({ enabled: true })
  await visitor.go('/next')
  await expect(visitor.launcher).toBeVisible()
  expect(ofOurs(said)).toHaveLength(1)
})
