/** A page with the official snippet, edited in the address of its script alone. */
import { expect, official, snippet, test } from './official.ts'

test(
  'what was called before the script had come is done, in order, and after it at once',
  official('OC - Livechat API - Show and Hide widget'),
  async ({ visitor, dropin }) => {
    await dropin.open(`RocketChat(function () { heard.push('first', typeof this.setTheme); this.hideWidget() });
    RocketChat(function () { heard.push('second') })`)
    await expect.poll(dropin.heard).toEqual(['first', 'function', 'second'])
    await expect(visitor.page.locator('tagalong-widget')).toBeAttached()
    await expect(visitor.launcher).toBeHidden()
    const after = await visitor.page.evaluate(() => {
      let isSame = false
      window.RocketChat(function () {
        isSame = this === window.RocketChat.livechat
      })
      return isSame
    })
    expect(after).toBe(true)
    await dropin.call('showWidget')
    await expect(visitor.launcher).toBeVisible()
  },
)

test('pages are reported without a call, and none twice', async ({ visitor, server, site, dropin }) => {
  await dropin.open()
  await visitor.push('/shoes', 'Shoes')
  await expect(server).toHaveVisits([
    { href: `${site.origin}/shop`, title: 'Shop /shop' },
    { href: `${site.origin}/shoes`, title: 'Shoes' },
  ])
})

test('the server is read from the official address, with its query or without, and from its oldest form', async ({
  visitor,
  server,
  site,
}) => {
  const elsewhere = `https://files.example/livechat?serverUrl=${encodeURIComponent(server.origin)}`
  site.page('/query', { head: snippet(server, elsewhere) })
  site.page('/oldest', {
    head: `<script>initRocket = ['${server.origin}/livechat']</script>
      <script async src="${server.cdn}/rocketchat-livechat.min.js"></script>`,
  })
  await visitor.go('/query')
  await expect(visitor.launcher).toBeVisible()
  await visitor.go('/oldest')
  await expect(visitor.launcher).toBeVisible()
  await expect(server).toHaveVisits(['/query', '/oldest'])
})

test('a function that throws stops neither the others nor the page', async ({ visitor, dropin, said }) => {
  dropin.host(
    '/shop',
    // A text: of an error on Firefox's console Playwright tells no more than that it is one.
    `RocketChat(function () { throw 'the page’s own' });
    RocketChat(function () { heard.push('second') })`,
  )
  await visitor.go('/shop')
  await expect.poll(dropin.heard).toEqual(['second'])
  await expect(visitor.launcher).toBeVisible()
  expect(said.join()).toContain('the page’s own')
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})

test('the script twice is one widget', async ({ visitor, server, site, said }) => {
  site.page('/shop', { head: snippet(server) + snippet(server) })
  await visitor.go('/shop')
  await expect(visitor.launcher).toBeVisible()
  await expect.poll(() => said.filter((line) => line.includes('include it once')).length).toBe(1)
  await expect(visitor.page.locator('tagalong-widget')).toHaveCount(1)
})

test('a page that the host reports itself is stored once, and not for a kind of change that the server does not keep', async ({
  visitor,
  server,
  dropin,
}) => {
  await dropin.open()
  await expect(server).toHaveVisits(['/shop'])
  await visitor.title('Of another kind')
  await dropin.call('pageVisited', 'title')
  await visitor.title('By hand')
  await dropin.call('pageVisited', 'url')
  await expect.poll(async () => (await server.visits()).length).toBe(2)
  await visitor.push('/last', 'Last')
  await expect(server).toHaveVisits([{ title: 'Shop /shop' }, { title: 'By hand' }, { title: 'Last' }])
})
