import { expect, test } from '../../test.ts'

const speak = (lang: string) => (document.documentElement.lang = lang)

test('the chat speaks the page’s language, before and after the page changes it', async ({ visitor }) => {
  const { widget, page } = visitor
  const composer = widget.panel.locator('textarea')
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()
  await page.evaluate(speak, 'de')
  await widget.open()
  await expect(widget.panel.getByRole('heading', { name: 'Wie können wir helfen?' })).toBeVisible()
  await composer.fill('half a thought')
  await page.evaluate(speak, 'ar-EG')
  await expect(widget.panel.getByRole('heading', { name: 'كيف يمكننا مساعدتك؟' })).toBeVisible()
  await expect(widget.panel).toHaveCSS('direction', 'rtl')
  // What the server calls itself is read in its own direction: the full stop stays at its end.
  await expect(widget.panel.locator('header').getByText('Juniper & Co.')).toHaveCSS('direction', 'ltr')
  await expect(composer).toHaveValue('half a thought')
})

test('a language that the host names holds, whatever the page says', async ({ visitor, site, tag }) => {
  site.page('/named', { title: 'Named', head: tag('data-language="fr"') })
  const { widget, page } = visitor
  await visitor.go('/named')
  await widget.open()
  const question = widget.panel.getByRole('heading', { name: 'Comment pouvons-nous vous aider ?' })
  await expect(question).toBeVisible()
  await page.evaluate(speak, 'de')
  // Its options are read again, and the language is what it was.
  await page.evaluate(() => window.Tagalong({ theme: 'dark' }))
  await expect(widget.root.locator('.dark')).toHaveCount(1)
  await expect(question).toBeVisible()
})
