/** Users of a site that derives their tokens in its own backend. */
import { createTab } from '../../stage/tab.ts'
import { userToken } from '../../stage/userToken.ts'
import { expect, test } from '../../test.ts'

test.beforeEach(async ({ server, site, tag }) => {
  await server.settings({ limiter: false, registrationForm: true })
  const token = await userToken('user-42')
  site.page('/account', { title: 'Account', head: tag(`data-guest='{"token":"${token}"}' data-prechat-form="false"`) })
})

test('a user has one conversation on every device, until that device signs out', async ({
  visitor,
  server,
  site,
  browser,
}) => {
  await visitor.go('/account')
  await visitor.widget.open()
  await visitor.widget.say('From the desk')
  await expect.poll(() => server.said()).toEqual(['From the desk'])

  const otherBrowser = await browser.newContext()
  const phone = createTab(await otherBrowser.newPage(), site)
  await phone.go('/account')
  await phone.widget.open()
  await expect.poll(phone.widget.bubbles).toEqual(['me: From the desk'])
  await phone.widget.say('From the phone')
  await expect.poll(visitor.widget.bubbles).toEqual(['me: From the desk', 'me: From the phone'])

  await phone.page.evaluate(() => new Promise<void>((done) => window.Tagalong((chat) => void chat.reset().then(done))))
  await expect.poll(phone.widget.bubbles).toEqual([])
  await phone.go('/signed-out')
  const tokenOf = async (path: string) => (await server.visits()).find(({ href }) => href.endsWith(path))?.token
  await expect.poll(() => tokenOf('/signed-out')).toBeTruthy()
  expect(await tokenOf('/signed-out')).not.toBe(await userToken('user-42'))
  await expect.poll(visitor.widget.bubbles).toEqual(['me: From the desk', 'me: From the phone'])
  await otherBrowser.close()
})

test('whoever types the address of a user in the form does not become that user, whose address the server does not know', async ({
  visitor,
  server,
  site,
  browser,
}) => {
  await visitor.go('/account')
  await visitor.widget.open()
  await visitor.widget.say('For agents only')
  await expect.poll(() => server.said()).toEqual(['For agents only'])

  const otherBrowser = await browser.newContext()
  const stranger = createTab(await otherBrowser.newPage(), site)
  await stranger.go('/')
  await stranger.page.evaluate(
    () =>
      new Promise<void>((done) =>
        window.Tagalong((chat) => void chat.identify({ name: 'Eve', email: 'ada@shop.example' }).then(() => done())),
      ),
  )
  await stranger.widget.open()
  await stranger.widget.say('I am Ada')
  await expect.poll(stranger.widget.bubbles).toEqual(['me: I am Ada'])
  const { visitors } = await server.do<{ visitors: { token: string }[] }>('GET', 'visitors')
  expect(visitors.map(({ token }) => token)).toContain(await userToken('user-42'))
  expect(visitors).toHaveLength(2)
  await otherBrowser.close()
})
