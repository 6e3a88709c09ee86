import { expect, test, trail } from '../../test.ts'

test('the single file has everything in it but other languages, which lie beside it', async ({
  visitor,
  server,
  site,
  tag,
  said,
}) => {
  const asked: string[] = []
  visitor.page.on('request', (request) => asked.push(request.url().replace(/-[\w-]{8}\.js$/, '')))
  site.page('/single', { title: 'Single', head: tag('data-language="de"', 'tagalong.all.js') })
  await visitor.go('/single')
  await expect.poll(() => trail(server, site)).toEqual(['/single Single'])
  await visitor.launcher.click()
  await expect(visitor.page.getByRole('dialog').getByRole('button', { name: 'Schließen' })).toBeVisible()
  expect(asked.filter((url) => url.startsWith(server.cdn))).toEqual([
    `${server.cdn}/tagalong.all.js`,
    `${server.cdn}/chunks/de`,
  ])
  expect(said).toEqual([])
})

test('where nothing lies beside it, the single file speaks English', async ({ visitor, site, tag }) => {
  site.page('/single', { title: 'Single', head: tag('data-language="de" data-assets="/nowhere/"', 'tagalong.all.js') })
  await visitor.go('/single')
  await visitor.launcher.click()
  await expect(visitor.page.getByRole('dialog').getByRole('button', { name: 'Close' })).toBeVisible()
})
