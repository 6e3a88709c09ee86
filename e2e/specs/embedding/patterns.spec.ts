/** Regular expressions that the server's administrator has written hold no page: they are tried beside it, and stopped. */
import { expect, siteNonce, test } from '../../engines/test.ts'
import type { EnginePage } from '../../engines/verbs.ts'

const evil = '(.*)*(.*)*(.*)*shop$'
const greeting = (id: string, pattern: string) => ({
  _id: id,
  enabled: true,
  runOnce: false,
  conditions: [{ name: 'page-url', value: pattern }],
  actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Ana', msg: `Hello from ${id}` } }],
})

/** The longest time, in milliseconds, for which the page did nothing else. */
const watch = (page: EnginePage) =>
  page.addInitScript(() => {
    let last = performance.now()
    const tick = () => {
      const now = performance.now()
      Object.assign(globalThis, { longest: Math.max((globalThis as { longest?: number }).longest ?? 0, now - last) })
      last = now
      setTimeout(tick, 20)
    }
    tick()
  })
const longest = (page: EnginePage) => page.evaluate(() => (globalThis as { longest?: number }).longest ?? 0)

test('a trigger whose expression never ends is stopped and named once, and the others greet', async ({
  visitor,
  server,
  said,
}) => {
  await server.settings({
    triggers: [greeting('evil', evil), greeting('nested', '^https?://.*/(a|b)*c*$'), greeting('plain', '/offers$')],
  })
  await watch(visitor.page)
  await visitor.go('/offers')
  await expect.poll(visitor.widget.text).toContain('Hello from plain')
  await visitor.push('/offers/abc', 'Offers')
  await expect.poll(visitor.widget.text).toContain('Hello from nested')
  await expect
    .poll(() => said.filter((line) => line.includes('regular expression')))
    .toEqual([expect.stringContaining(`“${evil}” takes too long. Write it without`)])
  await visitor.push('/offers/ab', 'Again')
  await expect.poll(async () => (await server.visits()).length).toBe(3)
  expect(said.filter((line) => line.includes('regular expression'))).toHaveLength(1)
  expect(await longest(visitor.page)).toBeLessThan(1000)
})

test('where the page allows no worker, a quick expression works and another is named', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  await server.settings({ triggers: [greeting('evil', evil), greeting('plain', '/strict$')] })
  const policy = `script-src 'nonce-${siteNonce}' 'strict-dynamic' ${server.origin}; worker-src 'none'`
  site.page('/strict', {
    title: 'Strict',
    head: tag(`nonce="${siteNonce}"`),
    headers: { 'content-security-policy': policy },
  })
  await visitor.go('/strict')
  await expect.poll(visitor.widget.text).toContain('Hello from plain')
  await expect
    .poll(() => said.filter((line) => line.includes('regular expression set on the server')))
    .toEqual([expect.stringContaining('worker-src blob:')])
})

test('a field whose expression never ends holds no form: the server judges', async ({ visitor, server }) => {
  await server.settings({
    limiter: false,
    registrationForm: true,
    customFields: [
      { _id: 'code', label: 'Code', type: 'input', required: false, regexp: '^(a+)+$', options: '', defaultValue: '' },
    ],
  })
  await watch(visitor.page)
  await visitor.go('/')
  const { widget } = visitor
  await widget.open()
  await widget.fill('Name', 'Ada')
  await widget.fill('E-mail', 'ada@example.com')
  await widget.fill('Code', `${'a'.repeat(40)}!`)
  await widget.press('Start chat')
  await widget.say('Hello')
  await expect.poll(widget.bubbles).toEqual(['me: Hello'])
  expect(await longest(visitor.page)).toBeLessThan(1000)
})
