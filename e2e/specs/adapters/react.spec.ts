/** What the provider of React’s adapter does besides showing the state. */
import { buildEntry } from '../../stage/entry.ts'
import { expect, test } from '../../test.ts'

// Each application is built first.
test.describe.configure({ timeout: 120_000 })

test('an effect of the first drawing reaches the widget, and an option that changes is passed on', async ({
  visitor,
  server,
  site,
}) => {
  const script = await buildEntry(`import '/adapters/react/plain.jsx'`, 'development', { server: server.origin })
  site.page('/app.js', script)
  site.page('/', { head: '<script type="module" src="/app.js"></script>', body: '<div id="app"></div>' })
  await visitor.go('/')
  const { page, widget } = visitor
  await page.getByRole('button', { name: 'Help', exact: true }).click()
  await expect(page.getByText('opened 1 times')).toBeVisible()
  await expect(widget.panel.getByText('Ask us')).toBeVisible()
  const colour = () => widget.composer.evaluate((field) => getComputedStyle(field).color)
  const light = await colour()
  await page.getByRole('button', { name: 'Darken' }).click()
  await expect.poll(colour).not.toBe(light)
})

test('a hook without a provider says what to do', async ({ visitor, site, said }) => {
  const source = `import { createRoot } from 'react-dom/client'
    import { createElement } from 'react'
    import { useTagalong } from '@tagalong/livechat/react'
    createRoot(document.body).render(createElement(() => useTagalong().unread))`
  site.page('/app.js', await buildEntry(source, 'production'))
  site.page('/', { head: '<script type="module" src="/app.js"></script>' })
  await visitor.go('/')
  await expect
    .poll(() => said.join('\n'))
    .toContain('useTagalong() has no <TagalongProvider server="…"> around it: put one around your application.')
})
