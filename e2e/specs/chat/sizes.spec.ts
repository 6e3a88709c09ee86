/** More than anybody writes: the beginning is shown, and the rest is asked for. */
import { expect, test } from '../../test.ts'

test('of a hundred thousand paragraphs the first are drawn, and more with each press', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const { widget, go } = visitor
  await go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  const md = Array.from({ length: 100_000 }, (_, n) => ({
    type: 'PARAGRAPH',
    value: [{ type: 'PLAIN_TEXT', value: `paragraph ${n}` }],
  }))
  await server.agent({ does: 'say', text: 'long', md })
  const paragraphs = widget.root.locator('.theirs .bubble p')
  await expect(widget.panel.getByText('paragraph 0', { exact: true })).toBeVisible()
  const first = await paragraphs.count()
  expect(first).toBeLessThan(1000)
  await widget.button('Show more').click()
  await expect.poll(() => paragraphs.count()).toBeGreaterThan(first)
  expect(await paragraphs.count()).toBeLessThan(2000)
})

test('what a reply answers is shown when the visitor asks for it, where many replies have come at once', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  const { widget, go } = visitor
  await go('/')
  await widget.open()
  await widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  for (let n = 0; n < 60; n++) await server.agent({ does: 'say', _id: `parent${n}`, text: `question ${n}` })
  for (let n = 0; n < 60; n++) await server.agent({ does: 'say', text: `answer ${n}`, tmid: `parent${n}` })
  // Of the next page's history the questions are too old.
  await go('/next')
  await expect(widget.panel.getByText('answer 59')).toBeVisible()
  const original = widget.button('Show original message')
  await expect(original.first()).toBeVisible()
  const asked = async () => (await server.ledger('GET /api/v1/livechat/message/')).length
  expect(await asked()).toBe(5)
  const hidden = await original.count()
  await original.last().click()
  await expect(original).toHaveCount(hidden - 1)
  expect(await asked()).toBe(6)
})
