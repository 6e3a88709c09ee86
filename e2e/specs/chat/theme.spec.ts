import { expect, test } from '../../test.ts'

test('the background that the server’s administrator chose lies behind the messages, and small words stay on the panel’s own', async ({
  visitor,
  server,
}) => {
  await server.settings({ 'theme.background': 'linear-gradient(rgb(186, 1, 85), rgb(20, 20, 90))' })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  const list = widget.root.locator('.message-list')
  await expect(list).toHaveCSS('background-image', 'linear-gradient(rgb(186, 1, 85), rgb(20, 20, 90))')
  const surface = await widget.root.locator('.body').evaluate((body) => getComputedStyle(body).backgroundColor)
  await expect(list.locator('.send-state').first()).toHaveCSS('background-color', surface)
})

for (const background of ['expression(alert(1))', 'url(https://elsewhere.example/picture.png)'])
  test(`a background that is none, or that somebody else would hear of, changes nothing: ${background}`, async ({
    visitor,
    server,
  }) => {
    await server.settings({ 'theme.background': background })
    const { widget } = visitor
    await visitor.go('/')
    await widget.open()
    await widget.say('Hello')
    await expect.poll(widget.bubbles).toEqual(['me: Hello'])
    await expect(widget.root.locator('.message-list')).not.toHaveClass(/on-background/)
    await expect(widget.root.locator('.message-list')).toHaveCSS('background-image', 'none')
  })
