/** Every callback of the official widget: once, at its moment, with what is true then. */
import { expect, official, test } from './official.ts'

test(
  'shown and hidden, maximized and minimized, by the host or the visitor, are told once each to every listener',
  official(
    'OC - Livechat API - onChatMaximized & onChatMinimized',
    'OC - Livechat API - onWidgetHidden & onWidgetShown',
  ),
  async ({ visitor, dropin }) => {
    await dropin.open()
    await expect(visitor.launcher).toBeVisible()
    const names = ['onWidgetHidden', 'onWidgetShown', 'onChatMaximized', 'onChatMinimized']
    await dropin.listen(...names, 'onWidgetHidden')
    await dropin.call('hideWidget')
    await dropin.call('showWidget')
    await dropin.call('maximizeWidget')
    await expect(visitor.widget.panel).toBeVisible()
    await dropin.call('minimizeWidget')
    await expect(visitor.widget.panel).toHaveCount(0)
    await visitor.widget.open()
    await visitor.widget.close()
    await expect.poll(dropin.heard).toEqual([
      ['onWidgetHidden', null],
      ['onWidgetHidden', null],
      ['onWidgetShown', null],
      ['onChatMaximized', null],
      ['onChatMinimized', null],
      ['onChatMaximized', null],
      ['onChatMinimized', null],
    ])
    await dropin.call('clearAllCallbacks')
    await dropin.call('hideWidget')
    await expect(visitor.launcher).toBeHidden()
    expect(await dropin.heard()).toHaveLength(7)
  },
)

test(
  'a conversation’s start, place in the queue, agent, change of status and end are told once each',
  official(
    'OC - Livechat API - onChatStarted & onChatEnded',
    'onAgentStatusChange',
    'OC - Livechat API - onQueuePositionChange',
  ),
  async ({ visitor, server, dropin }) => {
    await server.settings({ limiter: false, queueing: true })
    await dropin.open()
    await dropin.listen('onChatStarted', 'onQueuePositionChange', 'onAssignAgent', 'onAgentStatusChange', 'onChatEnded')
    await dropin.call('maximizeWidget')
    await visitor.widget.say('Hello')
    const started = [
      ['onChatStarted', null],
      [
        'onQueuePositionChange',
        { spot: 1, estimatedWaitTimeSeconds: 180, message: { text: 'You are number 1 in the queue.' } },
      ],
    ]
    await expect.poll(dropin.heard).toEqual(started)
    await server.agent({ does: 'take' })
    const assigned = [...started, ['onAssignAgent', { name: 'Ana Prado', username: 'ana', status: 'online' }]]
    await expect.poll(dropin.heard).toEqual(assigned)
    await server.agent({ does: 'status', status: 'away' })
    const away = [...assigned, ['onAgentStatusChange', { name: 'Ana Prado', username: 'ana', status: 'away' }]]
    await expect.poll(dropin.heard).toEqual(away)
    await visitor.widget.say('Again')
    await server.agent({ does: 'close' })
    const ended = [...away, ['onChatEnded', null]]
    await expect.poll(dropin.heard).toEqual(ended)
    // The next conversation has a start and an agent of its own.
    await visitor.widget.button('New chat').click()
    await visitor.widget.say('Once more')
    await expect
      .poll(async () => (await dropin.heard()).slice(ended.length).map(([name]) => name))
      .toEqual(['onChatStarted', 'onQueuePositionChange'])
    await server.agent({ does: 'take', username: 'ana' })
    await expect.poll(async () => (await dropin.heard()).at(-1)?.[0]).toBe('onAssignAgent')
  },
)

test('an agent is told of once, however many pages the conversation goes on over, and whoever has come between two pages as well', async ({
  visitor,
  server,
  site,
  dropin,
}) => {
  await server.settings({ limiter: false, routing: 'auto' })
  const early = `RocketChat(function () { this.onAssignAgent((agent) => heard.push(['onAssignAgent', agent])) })`
  await dropin.open(early)
  site.page('/without', { title: 'A page without the widget' })
  await dropin.call('maximizeWidget')
  await visitor.widget.say('Hello')
  await expect.poll(dropin.heard).toEqual([['onAssignAgent', { name: 'Ana Prado', username: 'ana', status: 'online' }]])
  await visitor.page.reload()
  await server.agent({ does: 'say', text: 'Are you there?' })
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Hello', 'them: Are you there?'])
  await expect(visitor.widget.panel).toContainText('Ana Prado')
  expect(await dropin.heard()).toEqual([])
  await visitor.go('/without')
  await server.agent({ does: 'transfer', to: 'ben' })
  await visitor.go('/shop')
  const ben = [['onAssignAgent', { name: expect.any(String), username: 'ben', status: 'online' }]]
  await expect.poll(dropin.heard).toEqual(ben)
})

test(
  'the form that was sent before a conversation is told with what was filled in, and the agent with the first message',
  official('OC - Livechat API - onPrechatFormSubmit & onAssignAgent'),
  async ({ visitor, server, dropin }) => {
    await server.settings({ registrationForm: true, routing: 'auto' })
    await dropin.open()
    await dropin.listen('onPrechatFormSubmit', 'onAssignAgent')
    await dropin.call('maximizeWidget')
    await visitor.widget.field('Name').fill('Ada')
    await visitor.widget.field('E-mail').fill('ada@shop.example')
    await visitor.widget.button('Start chat').click()
    const form = ['onPrechatFormSubmit', { name: 'Ada', email: 'ada@shop.example' }]
    await expect.poll(dropin.heard).toEqual([form])
    await visitor.widget.say('Hello')
    const agent = ['onAssignAgent', { name: 'Ana Prado', username: 'ana', status: 'online' }]
    await expect.poll(dropin.heard).toEqual([form, agent])
  },
)

test(
  'while nobody is there it is told once, and a message that was left with what it says',
  official('OC - Livechat API - onOfflineFormSubmit', 'OC - Livechat API - onServiceOffline'),
  async ({ visitor, server, dropin }) => {
    await server.settings({ online: false })
    await dropin.open(`RocketChat(function () {
      for (const name of ['onServiceOffline', 'onOfflineFormSubmit']) this[name]((...data) => heard.push([name, ...data]))
    })`)
    await expect.poll(dropin.heard).toEqual([['onServiceOffline', null]])
    await visitor.push('/shoes', 'Shoes')
    await dropin.call('maximizeWidget')
    await visitor.widget.field('Name').fill('Ada')
    await visitor.widget.field('E-mail').fill('ada@shop.example')
    await visitor.widget.field('Message').fill('Call me')
    await visitor.widget.button('Send message').click()
    await expect.poll(dropin.heard).toEqual([
      ['onServiceOffline', null],
      ['onOfflineFormSubmit', { name: 'Ada', email: 'ada@shop.example', message: 'Call me' }],
    ])
  },
)
