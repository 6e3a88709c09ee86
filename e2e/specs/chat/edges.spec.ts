/** What lies around a conversation, and is seldom seen. */
import { expect, test, type Server, type Visitor } from '../../test.ts'

const rooms = async (server: Server) =>
  ((await server.do('GET', 'rooms')) as { rooms: { _id: string; departmentId?: string; open?: boolean }[] }).rooms

const begin = async ({ go, widget }: Visitor, server: Server) => {
  await go('/')
  await widget.open()
  await widget.say('Hello')
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/message')).map(({ status }) => status))
    .toEqual([200])
}

test('consent is asked for before anything is sent, and once', async ({ visitor, server }) => {
  await server.settings({
    limiter: false,
    forceAcceptDataProcessingConsent: true,
    dataProcessingConsentText: 'We keep what you say for a year.',
  })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await expect(widget.panel).toContainText('We keep what you say for a year.')
  await expect(widget.composer).toHaveCount(0)
  expect(await server.ledger('POST /api/v1/livechat/visitor')).toEqual([])
  await widget.button('I agree').click()
  await widget.say('Hello')
  await expect.poll(async () => (await server.ledger('POST /api/v1/livechat/message')).length).toBe(1)
  await visitor.go('/next')
  await expect(widget.composer).toBeVisible()
})

test('a transcript is sent where the visitor wants it, and a wrong address is said', async ({ visitor, server }) => {
  await server.settings({ limiter: false, transcript: true })
  const { widget } = visitor
  await begin(visitor, server)
  await widget.choose('Transcript by e-mail')
  await widget.field('E-mail').fill('mia')
  await widget.panel.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  await expect(widget.root).toContainText('This is not an e-mail address.')
  // In Firefox Playwright's `fill` adds to what an e-mail field has.
  await widget.field('E-mail').press('ControlOrMeta+a')
  await widget.field('E-mail').pressSequentially('mia@shop.example')
  await widget.panel.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
  await expect(widget.root).toContainText('The transcript is on its way.')
  expect(
    (await server.ledger('POST /api/v1/livechat/transcript')).map(({ body }) => (body as { email: string }).email),
  ).toEqual(['mia@shop.example'])
})

test('the visitor changes the department of an open chat', async ({ visitor, server }) => {
  const departments = ['Sales', 'Repairs'].map((name, n) => ({
    _id: `d${n}`,
    name,
    showOnRegistration: true,
    showOnOfflineForm: true,
  }))
  await server.settings({ limiter: false, allowSwitchingDepartments: true, departments })
  const { widget } = visitor
  await begin(visitor, server)
  await widget.choose('Change department')
  await widget.field('Department').selectOption('Repairs')
  await widget.panel.getByRole('dialog').getByRole('button', { name: 'Change department' }).click()
  await expect.poll(async () => (await rooms(server)).map(({ departmentId }) => departmentId)).toEqual(['d1'])
  await expect.poll(widget.notes).toContain('The chat was handed over to Repairs')
  await widget.choose('Change department')
  expect(await widget.field('Department').locator('option').allInnerTexts()).toEqual(['Please choose', 'Sales'])
})

test('the length of a message is counted as the server counts it, an emoji as two', async ({ visitor, server }) => {
  await server.settings({ limiter: false, limitTextLength: 10 })
  const { widget } = visitor
  await begin(visitor, server)
  await widget.composer.fill('🥾'.repeat(6))
  await expect(widget.panel).toContainText('2 characters too many')
  await expect(widget.button('Send')).toBeDisabled()
  await widget.composer.fill(`${'🥾'.repeat(5)} `)
  await expect(widget.panel).toContainText('0 characters left')
  await widget.composer.press('Enter')
  await expect.poll(() => server.said()).toEqual(['Hello', '🥾'.repeat(5)])
})

test('where the server hides agents, they are shown without name and picture', async ({ visitor, server }) => {
  await server.settings({ limiter: false, agentHiddenInfo: true, hiddenSystemMessages: [] })
  const { widget } = visitor
  await begin(visitor, server)
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'Good morning' })
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: Good morning'])
  await expect(widget.panel.getByRole('heading', { name: 'Support' })).toBeVisible()
  await expect(widget.panel).not.toContainText(/Ana|Prado/)
  await expect(widget.root.locator('.avatar img')).toHaveCount(0)
})

test('edited and deleted messages change on screen, and a reply is shown with the message it quotes', async ({
  visitor,
  server,
}) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await begin(visitor, server)
  await server.agent({ does: 'take' })
  const say = async (given: object) =>
    ((await server.agent({ does: 'say', ...given })) as { message: { _id: string } }).message._id
  const first = await say({ text: 'It is open until five' })
  const second = await say({ text: 'Never mind' })
  await say({ text: 'That is', quote: first })
  await expect.poll(async () => (await widget.bubbles()).length).toBe(4)
  await expect(widget.root.locator('blockquote')).toContainText('It is open until five')
  await server.agent({ does: 'edit', mid: first, text: 'It is open until six' })
  await server.agent({ does: 'delete', mid: second })
  await expect
    .poll(async () => (await widget.bubbles()).slice(1, 3))
    .toEqual(['them: It is open until six', 'them: This message was deleted.'])
  await expect(widget.panel).toContainText('edited')
})

test('livechat switched off during a chat is shown as closed', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await visitor.go('/')
  await expect(visitor.launcher).toBeVisible()
  await widget.open()
  await expect(widget.composer).toBeVisible()
  await server.settings({ enabled: false })
  await widget.say('Hello?')
  await expect(widget.panel).toContainText('This chat is closed at the moment.')
})
