/** Where the chat cannot work the host is told, and no button is dead. */
import { expect, test, type Visitor } from '../../test.ts'

const heard = (script = '') =>
  `<script>window.heard = [];
    for (const name of ['unavailable', 'available'])
      document.addEventListener('tagalong:' + name, ({ detail }) => heard.push(name + ' ' + (detail.reason ?? '')));
    ${script}</script>`
const events = ({ page }: Visitor) => page.evaluate(() => (window as never as { heard: string[] }).heard)

test('a server that is gone and comes back is told to the host as unavailable and available', async ({
  visitor,
  server,
  site,
  said,
}) => {
  await server.settings({ limiter: false })
  // The files come from elsewhere: only the livechat port is closed.
  const file = (path: string) => fetch(`${server.cdn}/${path}`).then((response) => response.text())
  const script = await file('tagalong.js')
  const names = [...script.matchAll(/chunks\/[\w-]+\.js/g)].map(([name]) => name)
  site.page('/tagalong.js', script)
  for (const name of names) site.page(`/${name}`, await file(name))
  const modules = Object.keys(JSON.parse(await file('modules.json')) as object)
  for (const name of modules.filter((each) => each.startsWith('chunks/'))) site.page(`/${name}`, await file(name))
  site.page('/shop', {
    title: 'Shop',
    head: `${heard()}<script async src="/tagalong.js" data-server="${server.origin}"></script>`,
  })
  await server.plug(true)
  await visitor.go('/shop')
  await expect.poll(() => events(visitor)).toEqual(['unavailable unreachable'])
  expect(said.filter((line) => line.includes('[Tagalong]'))).toHaveLength(1)
  await server.plug(false)
  await visitor.push('/next', 'Next')
  await expect.poll(() => events(visitor), { timeout: 40_000 }).toEqual(['unavailable unreachable', 'available '])
})

test('an ad blocker that stops the server’s calls leads the launcher to an address', async ({ visitor, site, tag }) => {
  site.page('/shop', { title: 'Shop', head: heard() + tag('data-when-unavailable="/contact"') })
  await visitor.page.route('**/api/v1/livechat/**', (route) => route.abort('blockedbyclient'))
  await visitor.go('/shop')
  await expect.poll(() => events(visitor)).toEqual(['unavailable unreachable'])
  await visitor.launcher.click()
  await expect(visitor.page).toHaveURL(`${site.origin}/contact`)
})

test('the host’s own button is hidden while livechat is switched off, and shown when it is on again', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({ enabled: false, limiter: false })
  const head = heard() + tag('data-when-unavailable="hide" data-launcher="#help"')
  site.page('/shop', { title: 'Shop', head, body: '<button id="help">Help</button>' })
  await visitor.go('/shop')
  await expect(visitor.page.locator('#help')).toBeHidden()
  expect(await events(visitor)).toEqual(['unavailable disabled'])
  await server.settings({ enabled: true })
  await visitor.page.reload()
  await expect(visitor.page.locator('#help')).toBeVisible()
})

test('a function of the host hears the reason where no agent is online and no form is on', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({ online: false, 'settings.displayOfflineForm': false })
  const told = `(window.Tagalong = (said) => Tagalong.q.push(said)).q = [{ whenUnavailable: (reason) => heard.push('told ' + reason) }]`
  site.page('/shop', { title: 'Shop', head: heard(told) + tag() })
  await visitor.go('/shop')
  await expect.poll(() => events(visitor)).toEqual(['unavailable no-agents', 'told no-agents'])
})

test('files that are blocked are told to the host as well', async ({ visitor, site, tag }) => {
  site.page('/shop', { title: 'Shop', head: heard() + tag() })
  await visitor.page.route(/\/launcher-/, (route) => route.abort('blockedbyclient'))
  await visitor.go('/shop')
  await expect.poll(() => events(visitor)).toEqual(['unavailable ui-failed'])
})
