/** Hosts whose scripts have broken what everybody leans on: a conversation goes on as far as it can, and nothing of ours becomes their error. */
import { expect, test, type Page } from '../../test.ts'

const ours = (said: string[]) => said.filter((line) => line.startsWith('uncaught:'))

const breakages: Record<string, () => void> = {
  'no Promise.prototype.finally': () => {
    Reflect.deleteProperty(Promise.prototype, 'finally')
  },
  'a JSON.stringify that throws': () => {
    JSON.stringify = () => {
      throw new Error('not here')
    }
  },
  'a toJSON on every object that throws': () => {
    Object.defineProperty(Object.prototype, 'toJSON', {
      configurable: true,
      writable: true,
      value() {
        throw new Error('not here')
      },
    })
  },
}

/** The promises that were rejected while nobody listened. */
const watchRejections = (page: Page) =>
  page.addInitScript(() => {
    const rejected: string[] = []
    Object.assign(globalThis, { rejected })
    addEventListener('unhandledrejection', ({ reason }) => rejected.push(String(reason?.stack ?? reason)))
  })

for (const [what, make] of Object.entries(breakages))
  test(`${what}: nothing of ours becomes an error of the page's`, async ({ visitor, said }) => {
    const { page, widget } = visitor
    await watchRejections(page)
    await page.addInitScript(make)
    await visitor.go('/')
    await widget.open()
    await visitor.push('/next', 'Next')
    await widget.close()
    await widget.open()
    await widget.close()
    await visitor.go('/last')
    await widget.open()
    expect(await page.evaluate(() => (globalThis as unknown as { rejected: string[] }).rejected)).toEqual([])
    expect(ours(said)).toEqual([])
  })

test('without Promise.prototype.finally a conversation goes on as ever', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const { page, widget } = visitor
  await page.addInitScript(() => void Reflect.deleteProperty(Promise.prototype, 'finally'))
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
})

test('whatever is posted on our channel is no error of the page’s', async ({ visitor, server, said }) => {
  const { page, widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  const name =
    (await server.ledger('livechat/config'))[0] &&
    (await page.evaluate(async () => (await indexedDB.databases())[0]!.name!))
  const other = await visitor.tab()
  await other.go('/other')
  await other.page.evaluate((channelName) => {
    const channel = new BroadcastChannel(channelName)
    for (const data of [
      null,
      undefined,
      0,
      '',
      'text',
      {},
      [],
      [null],
      ['chat'],
      ['chat', null],
      ['chat', { kind: 'said' }],
      ['answered'],
      ['answered', null],
      ['visitor', 1],
    ])
      channel.postMessage(data)
  }, name as string)
  await widget.say('Still here')
  await expect.poll(() => server.said()).toEqual(['Hello', 'Still here'])
  expect(ours(said)).toEqual([])
})
