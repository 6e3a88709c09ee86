/**
 * What Rocket.Chat's documentation of its widget shows (https://developer.rocket.chat/docs/livechat-widget-api), section by section, behaves as it says
 * there: with the arguments of today, and with those of the releases up to 1.13.
 */
import type { Server } from '../../test.ts'
import { expect, test } from './official.ts'

const field = (_id: string) => ({ _id, label: _id, type: 'input', required: false })
const department = (_id: string, name: string) => ({ _id, name, showOnRegistration: true, showOnOfflineForm: false })

interface StoredVisitor {
  token: string
  name?: string
  department?: string
  visitorEmails?: { address: string }[]
  livechatData?: Record<string, string>
}
const visitorsOf = async (server: Server) =>
  (await server.do<{ visitors: StoredVisitor[] }>('GET', 'visitors')).visitors

test.beforeEach(({ server }) =>
  server.settings({
    limiter: false,
    routing: 'auto',
    customFields: ['plan', 'shoe', 'colour', 'size'].map(field),
    departments: [department('d1', 'Sales'), department('d2', 'Support')],
  }),
)

/** One field, as a list in today's form and as an object in that of 1.13. */
const forms = {
  'of today': (key: string, value: string, overwrite: boolean) => JSON.stringify([key, value, overwrite]),
  'of 1.13': (key: string, value: string, overwrite: boolean) => JSON.stringify({ key, value, overwrite }),
}

for (const [name, form] of Object.entries(forms)) {
  test(`“Register visitor” and “Set custom field”, with arguments ${name}`, async ({ visitor, server, dropin }) => {
    await server.settings({ registrationForm: true })
    await dropin.chat(`
      RocketChat(function () {
        this.registerGuest({
          token: 'FHwaLnp8fzjMupSAj',
          name: 'visitor Name',
          email: 'sample@shop.example',
          department: 'Sales',
          customFields: [${form('colour', 'red', true)}, ${form('size', 'large', true)}],
        })
      })
      RocketChat(function () {
        this.setCustomField('plan', 'any value')
        this.setCustomField('shoe', 'a value set just once', false)
      })`)
    const fields = { plan: 'any value', shoe: 'a value set just once', colour: 'red', size: 'large' }
    await expect
      .poll(() => visitorsOf(server))
      .toEqual([
        expect.objectContaining({
          token: 'FHwaLnp8fzjMupSAj',
          name: 'visitor Name',
          visitorEmails: [{ address: 'sample@shop.example' }],
          department: 'd1',
          livechatData: fields,
        }),
      ])
    await dropin.call('setCustomField', 'shoe', 'another', false)
    await dropin.call('setCustomField', 'plan', 'another')
    await expect.poll(async () => (await visitorsOf(server))[0]?.livechatData).toEqual({ ...fields, plan: 'another' })
    // Without the form.
    await expect(visitor.widget.composer).toBeVisible()
  })

  test(`“Initialize the widget” sets everything in one call, with arguments ${name}`, async ({
    visitor,
    server,
    dropin,
    said,
  }) => {
    await dropin.chat(`
      RocketChat(function () {
        this.initialize({
          theme: { color: '#04436a', fontColor: '#ffffff', iconColor: '#1d74f5', title: 'Welcome', offlineTitle: 'Away', hideGuestAvatar: false, hideAgentAvatar: true },
          customField: ${form('plan', 'gold', true)},
          setCustomFields: [${form('colour', 'red', true)}, ${form('size', 'large', false)}],
          department: 'Support',
          guestToken: 'FHwaLnp8fzjMupSAj',
          guestName: 'Ada',
          guestEmail: 'ada@shop.example',
          language: 'pt-BR',
          setGuestMetadata: { serviceID: '3455566' },
          hiddenSystemMessages: ['uj', 'livechat-started'],
          somethingElse: true,
        })
      })`)
    const { widget } = visitor
    await expect(widget.root.locator('.header').getByRole('heading')).toHaveText('Welcome')
    await expect(widget.root.locator('.panel')).toHaveCSS('background-color', 'rgb(4, 67, 106)')
    const composer = widget.root.getByRole('textbox')
    await composer.fill('Olá')
    await composer.press('Enter')
    await expect.poll(() => server.said()).toEqual(['Olá'])
    await expect
      .poll(() => visitorsOf(server))
      .toEqual([
        expect.objectContaining({
          token: 'FHwaLnp8fzjMupSAj',
          name: 'Ada',
          visitorEmails: [{ address: 'ada@shop.example' }],
          department: 'd2',
          livechatData: { plan: 'gold', colour: 'red', size: 'large' },
        }),
      ])
    await server.agent({ does: 'say', text: 'Olá!' })
    await expect.poll(widget.bubbles).toEqual(['me: Olá', 'them: Olá!'])
    expect(await widget.notes()).toEqual([])
    expect(said.filter((line) => line.includes('RocketChat:'))).toEqual([])
  })
}

test('“Set theme options” and “Remove theme options”: what is left out stays, what is undefined is the server’s again', async ({
  visitor,
  dropin,
}) => {
  await dropin.chat(
    `RocketChat(function () { this.setTheme({ color: '#04436a', fontColor: '#ffe08a', title: 'Welcome' }) })`,
  )
  const header = visitor.widget.root.locator('.header')
  await expect(visitor.launcher).toHaveCSS('background-color', 'rgb(4, 67, 106)')
  await visitor.page.evaluate(() => window.RocketChat.livechat.setTheme!({ color: undefined, title: 'Hello' }))
  await expect(header.getByRole('heading')).toHaveText('Hello')
  // The embedded server's own colour.
  await expect(visitor.launcher).toHaveCSS('background-color', 'rgb(31, 111, 92)')
  await expect(header).toHaveCSS('color', 'rgb(255, 224, 138)')
})

test('“Set visitor token”, “Set name field” and “Set email field” make the visitor who writes', async ({
  visitor,
  server,
  dropin,
}) => {
  await dropin.chat(`
    RocketChat(function () { this.setGuestToken('FHwaLnp8fzjMupSAj') })
    RocketChat(function () { this.setGuestName('visitor name') })
    RocketChat(function () { this.setGuestEmail('sample@shop.example') })`)
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  expect(await visitorsOf(server)).toEqual([
    expect.objectContaining({
      token: 'FHwaLnp8fzjMupSAj',
      name: 'visitor name',
      visitorEmails: [{ address: 'sample@shop.example' }],
    }),
  ])
})

test('“Set a default agent”, “Assign chats to a department”, “Change widget visibility” and “window state”', async ({
  visitor,
  server,
  dropin,
}) => {
  await dropin.open(`
    RocketChat(function () { this.setDepartment('Support') })
    RocketChat(function () { this.setAgent({ _id: 'benAgent00000002x', username: 'ben' }) })
    RocketChat(function () { this.hideWidget() })`)
  await expect(visitor.page.locator('tagalong-widget')).toBeAttached()
  await expect(visitor.launcher).toBeHidden()
  await dropin.call('showWidget')
  await expect(visitor.launcher).toBeVisible()
  await dropin.call('maximizeWidget')
  await visitor.widget.say('Hello')
  await expect
    .poll(async () => (await server.do<{ rooms: object[] }>('GET', 'rooms')).rooms)
    .toEqual([expect.objectContaining({ departmentId: 'd2', servedBy: expect.objectContaining({ username: 'ben' }) })])
  await dropin.call('minimizeWidget')
  await expect(visitor.widget.panel).toHaveCount(0)
})

test('“Set language”: one that there is not is said once, and the page’s is kept', async ({
  visitor,
  server,
  dropin,
  said,
}) => {
  await server.settings({ registrationForm: true })
  await dropin.chat(`RocketChat(function () { this.setLanguage('af') })`)
  await expect(visitor.widget.button('Start chat')).toBeVisible()
  await dropin.call('setLanguage', 'de')
  await expect(visitor.widget.button('Chat beginnen')).toBeVisible()
  expect(said.filter((line) => /“?af”?/.test(line) && line.includes('language'))).toHaveLength(1)
})

test('“Events”: each function gets what is documented', async ({ visitor, server, dropin }) => {
  await server.settings({ registrationForm: true })
  const names = [
    'onChatMaximized',
    'onPrechatFormSubmit',
    'onChatStarted',
    'onAssignAgent',
    'onAgentStatusChange',
    'onChatEnded',
    'onChatMinimized',
  ]
  await dropin.open(
    names
      .map((name) => `RocketChat(function () { this.${name}(function (data) { heard.push(['${name}', data]) }) })`)
      .join('\n'),
  )
  const { widget } = visitor
  await widget.open()
  await widget.field('Name').fill('Ada')
  await widget.field('E-mail').fill('ada@shop.example')
  await widget.field('Department').selectOption('Sales')
  await widget.button('Start chat').click()
  await widget.say('Hello')
  const ana = { name: 'Ana Prado', username: 'ana' }
  const heard: unknown[] = [
    ['onChatMaximized', null],
    ['onPrechatFormSubmit', { name: 'Ada', email: 'ada@shop.example', department: 'd1' }],
    ['onChatStarted', null],
    ['onAssignAgent', { ...ana, status: 'online' }],
  ]
  await expect.poll(dropin.heard).toEqual(heard)
  await server.agent({ does: 'status', status: 'busy' })
  heard.push(['onAgentStatusChange', { ...ana, status: 'busy' }])
  await expect.poll(dropin.heard).toEqual(heard)
  await server.agent({ does: 'close' })
  heard.push(['onChatEnded', null])
  await expect.poll(dropin.heard).toEqual(heard)
  await widget.close()
  heard.push(['onChatMinimized', null])
  await expect.poll(dropin.heard).toEqual(heard)
})
