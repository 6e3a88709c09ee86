/** A first open and a conversation, in the verbs that every engine knows. */
import { expect, test } from '../../engines/test.ts'

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('with one line pasted the launcher comes, and opens a chat in which the first word is heard @promise', async ({
  visitor,
  server,
  said,
}) => {
  const { widget } = visitor
  await visitor.go('/')
  await visitor.launcher.waitFor()
  await widget.open()
  expect(await server.ledger('GET /api/v1/livechat/room')).toEqual([])
  await widget.say('Hello')
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await widget.close()
  await widget.open()
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  expect(said.filter((line) => /^(error|uncaught)/.test(line))).toEqual([])
})

test('a conversation goes on, open, on the next page, after a reload and in another tab @promise', async ({
  visitor,
  server,
}) => {
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'Still there?' })
  const conversation = ['me: Hello', 'them: Still there?']
  await expect.poll(widget.bubbles).toEqual(conversation)
  await visitor.go('/next')
  await expect.poll(widget.bubbles).toEqual(conversation)
  await visitor.page.reload()
  await expect.poll(widget.bubbles).toEqual(conversation)
  const other = await visitor.tab()
  await other.go('/other')
  await other.widget.open()
  await other.widget.say('Here too')
  await server.agent({ does: 'transfer', to: 'ben' })
  for (const tab of [visitor, other]) {
    await expect.poll(tab.widget.bubbles).toEqual([...conversation, 'me: Here too'])
    await expect.poll(tab.widget.notes).toContain('The chat was handed over to Ben Okoro')
  }
})

test('an open conversation is still there on pages that are left at any moment, and on those gone back to @promise', async ({
  visitor,
  server,
}) => {
  test.setTimeout(120_000)
  const { widget } = visitor
  await visitor.go('/start')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'Still there?' })
  const conversation = ['me: Hello', 'them: Still there?']
  await expect.poll(widget.bubbles).toEqual(conversation)
  for (const stayMs of [0, 300, 1000, 1100]) {
    await visitor.go(`/left/${stayMs}`)
    await visitor.page.waitForFunction(() => 'Tagalong' in window)
    await new Promise((resolve) => setTimeout(resolve, stayMs))
    await visitor.go(`/next/${stayMs}`)
    await expect.poll(widget.bubbles).toEqual(conversation)
  }
  await visitor.go('/last')
  await expect.poll(widget.bubbles).toEqual(conversation)
  await visitor.back()
  await expect.poll(() => visitor.page.evaluate(() => location.pathname).catch(() => '')).toBe('/next/1100')
  await expect.poll(widget.bubbles).toEqual(conversation)
  expect(new Set((await server.visits()).map(({ token }) => token)).size).toBe(1)
})

test('what is rated stands in one row with its scale', async ({ visitor, server }) => {
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await server.agent({ does: 'close' })
  const rows = () =>
    visitor.page.evaluate(() => {
      const panel = document.querySelector('tagalong-widget')?.shadowRoot
      const middleOf = ({ top, bottom }: DOMRect) => (top + bottom) / 2
      return [...(panel?.querySelectorAll('[role="radiogroup"]') ?? [])].map((row) => {
        const [what, scale] = [...row.children].map((part) => part.getBoundingClientRect())
        if (!what || !scale) return 'incomplete'
        return Math.abs(middleOf(what) - middleOf(scale)) < 2 && what.right <= scale.left ? 'one row' : 'broken'
      })
    })
  await expect.poll(async () => (await rows()).length).toBeGreaterThan(0)
  expect(new Set(await rows())).toEqual(new Set(['one row']))
})

test('a file of the chat that did not come once is fetched when it is needed again', async ({ visitor, server }) => {
  await visitor.go('/')
  await visitor.widget.open()
  await server.faults({ match: 'GET /cdn/chunks/talk-', status: 503, times: 1 })
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await expect
    .poll(async () => (await server.ledger('GET /cdn/chunks/talk-')).map(({ status }) => status))
    .toEqual([503, 200])
})
