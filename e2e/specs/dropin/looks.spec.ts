/** What the official widget's methods change of the looks. */
import { expect, official, test } from './official.ts'

test(
  'the theme colours header, text, icon and messages, names the header, and keeps what a later call leaves out',
  official('OC - Livechat API - setTheme'),
  async ({ visitor, server, dropin }) => {
    await server.settings({ limiter: false })
    await dropin.open(`RocketChat(function () {
      this.setTheme({ color: '#04436a', fontColor: '#ffe08a', iconColor: '#c0ffee', title: 'Ask the shop', position: 'left',
        guestBubbleBackgroundColor: '#123456', agentBubbleBackgroundColor: '#fedcba', hideAgentAvatar: true })
    })`)
    const { widget } = visitor
    await dropin.call('maximizeWidget')
    const header = widget.root.locator('.header')
    await expect(header.getByRole('heading')).toHaveText('Ask the shop')
    await expect(header).toHaveCSS('color', 'rgb(255, 224, 138)')
    await expect(widget.root.locator('.panel')).toHaveCSS('background-color', 'rgb(4, 67, 106)')
    await expect(widget.root.locator('.launcher')).toHaveCSS('background-color', 'rgb(4, 67, 106)')
    await expect(widget.root.locator('.launcher svg')).toHaveCSS('fill', 'rgb(192, 255, 238)')
    expect((await widget.root.locator('.launcher').boundingBox())!.x).toBeLessThan(100)
    await widget.say('Hello')
    await expect.poll(() => server.said()).toEqual(['Hello'])
    await server.agent({ does: 'take' })
    await server.agent({ does: 'say', text: 'Hi' })
    await expect(widget.root.locator('.mine .bubble')).toHaveCSS('background-color', 'rgb(18, 52, 86)')
    const theirs = widget.root.locator('.theirs')
    await expect(theirs.locator('.bubble')).toHaveCSS('background-color', 'rgb(254, 220, 186)')
    await expect(theirs.locator('.bubble')).toHaveCSS('color', 'color(srgb-linear 0 0 0)')
    await expect(theirs.locator('.avatar')).toBeHidden()
    await dropin.call('setTheme', { color: '#0a7d55', hideAgentAvatar: false })
    await expect(widget.root.locator('.launcher')).toHaveCSS('background-color', 'rgb(10, 125, 85)')
    await expect(header).toHaveCSS('color', 'rgb(255, 224, 138)')
    await expect(theirs.locator('.avatar')).toBeVisible()
  },
)

test('a title for when nobody is there', async ({ visitor, server, dropin }) => {
  await server.settings({ online: false })
  await dropin.open()
  await dropin.call('setTheme', { title: 'Ask', offlineTitle: 'We sleep', color: '#04436a' })
  await dropin.call('maximizeWidget')
  await expect(visitor.widget.root.locator('.header').getByRole('heading')).toHaveText('We sleep')
  await expect(visitor.launcher).toHaveCSS('background-color', 'rgb(4, 67, 106)')
})

test('a background behind the messages', async ({ visitor, dropin }) => {
  await dropin.open()
  await dropin.call('setTheme', { background: 'rgb(1, 2, 3)' })
  await dropin.call('maximizeWidget')
  await visitor.widget.say('Hello')
  await expect(visitor.widget.root.locator('.message-list')).toHaveCSS('background-color', 'rgb(1, 2, 3)')
})

test('a side that is none is said once and changes nothing', async ({ visitor, dropin, said }) => {
  await dropin.open()
  await dropin.call('setTheme', { position: 'top' })
  await dropin.call('setTheme', { position: 'top' })
  await expect(visitor.launcher).toBeVisible()
  expect(said.filter((line) => line.includes('takes left or right'))).toHaveLength(1)
  expect((await visitor.launcher.boundingBox())!.x).toBeGreaterThan(500)
})

test(
  'the language changes on an open form without a reload',
  official('OC - Livechat API - setLanguage'),
  async ({ visitor, server, dropin }) => {
    await server.settings({ registrationForm: true })
    await dropin.chat()
    await expect(visitor.widget.button('Start chat')).toBeVisible()
    await dropin.call('setLanguage', 'pt-BR')
    await expect(visitor.widget.button('Iniciar conversa')).toBeVisible()
    await dropin.call('setLanguage', 'en')
    await expect(visitor.widget.button('Start chat')).toBeVisible()
  },
)

test('notes that the host hides are not shown, those on screen neither, and what cannot be hidden is said', async ({
  visitor,
  server,
  dropin,
  said,
}) => {
  await server.settings({ limiter: false, hiddenSystemMessages: [] })
  await dropin.chat(`RocketChat(function () { this.setHiddenSystemMessages(['ul', 'videoconf']) })`)
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  await server.agent({ does: 'take' })
  await expect.poll(visitor.widget.notes).toEqual([expect.stringMatching(/started/i), expect.stringMatching(/Ana/)])
  await dropin.call('setHiddenSystemMessages', ['uj', 'ul'])
  await expect.poll(visitor.widget.notes).toEqual([expect.stringMatching(/started/i)])
  expect(said.filter((line) => line.includes('not “videoconf”'))).toHaveLength(1)
})
