import { serveFolder } from '../stage/releases.ts'
import { createSite } from '../stage/site.ts'
import { createTab } from '../stage/tab.ts'
import { expect, leave, test } from './test.ts'

test('the built widget, on a page of another origin, reports its visit and holds a conversation', async ({
  page,
  subject,
  agent,
  needs,
}) => {
  const tag = `<script async src="/cdn/tagalong.js" data-server="${subject.origin}" data-prechat-form="false"></script>`
  const site = await createSite(() => ({ title: 'Shop', head: tag }))
  serveFolder(site, '/cdn', 'dist')
  const visitor = createTab(page, site)
  // The calls of the other tests are counted for the same address.
  await subject.rest()
  await visitor.go('/shop')
  await expect(visitor.launcher).toBeVisible()
  const token = await page.evaluate(
    () =>
      new Promise<string>((done) =>
        window.Tagalong((chat) => void chat.getVisitorToken().then((told = '') => done(told))),
      ),
  )
  await visitor.widget.open()
  await visitor.widget.say('Hello from the widget')
  const config = async () => (await subject.call('GET', `livechat/config?token=${token}`)).body.config
  await expect
    .poll(async () => (await config()).room?._id, 'The first message should open a conversation.')
    .toBeTruthy()
  const rid = (await config()).room._id
  await agent.say(rid, 'Hello from the agent')
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello from the widget', 'them: Hello from the agent'])
  const { body } = await subject.call('GET', `livechat/visitors.pagesVisited/${rid}`, { headers: agent.login })
  const pages = body.pages?.map((each: { navigation: { page: object } }) => each.navigation.page)
  needs('the page that the widget has reported', pages, [{ title: 'Shop', location: { href: `${site.origin}/shop` } }])
  await leave(subject, token)
  await site.stop()
})
