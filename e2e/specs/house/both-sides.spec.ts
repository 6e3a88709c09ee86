/** The visitor in one browser, the agent at the desk in another. */
import { openDesk, type Desk } from '../../stage/desk.ts'
import { expect, test as base, type Server, type Tab } from '../../test.ts'

const sales = { _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: true }
const repairs = { _id: 'd2', name: 'Repairs', showOnRegistration: true, showOnOfflineForm: true }
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAFElEQVR4nGP8z8DwnwEKmBigAAANGQEDiV2Q9AAAAABJRU5ErkJggg==',
  'base64',
)

const test = base.extend<{ desk: Desk }>({
  kept: true,
  desk: async ({ browser, server }, use) => {
    const desk = await openDesk(browser, server)
    await use(desk)
    await desk.stop()
  },
})

interface Stored {
  _id: string
  t?: string
  msg: string
  file?: { name: string }
}

/** What the server has of what was said, in order. */
const stored = async (server: Server): Promise<string[]> => {
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: { _id: string }[] }
  const lists = await Promise.all(
    rooms.map(async ({ _id }) => ((await server.do('GET', `messages?rid=${_id}`)) as { messages: Stored[] }).messages),
  )
  return lists
    .flat()
    .filter(({ t }) => !t)
    .map(({ msg, file }) => file?.name ?? msg)
}

/** Under how many ids the ledger has each of the visitor's messages as taken: one is right. */
const taken = async (server: Server): Promise<Record<string, number>> => {
  const ids = new Map<string, Set<string>>()
  for (const { status, body } of await server.ledger('POST /api/v1/livechat/message')) {
    const { msg, _id } = body as { msg: string; _id: string }
    if (status === 200) ids.set(msg, (ids.get(msg) ?? new Set()).add(_id))
  }
  return Object.fromEntries([...ids].map(([msg, { size }]) => [msg, size]))
}

test('a visitor and an agent hold a whole conversation, from the form to the survey', async ({
  visitor,
  server,
  desk,
  said,
}) => {
  await server.settings({
    limiter: false,
    queueing: true,
    registrationForm: true,
    fileUpload: true,
    departments: [sales, repairs],
    allowSwitchingDepartments: true,
  })
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.button('Start chat').click()
  await expect(widget.panel.getByText('Please fill this in.')).toHaveCount(2)
  await widget.field('Name').fill('Mia Ek')
  await widget.field('E-mail').fill('mia@shop.example')
  await widget.field('Department').selectOption('Sales')
  await widget.button('Start chat').click()
  await widget.say('Do you have these in green?')
  await expect(widget.panel).toContainText(/You are number 1 in the queue\. · Estimated wait: \d+ min/)

  await desk.choose('Mia Ek')
  await expect(desk.bubbles).toHaveText(['Do you have these in green?'])
  await desk.press('Take')
  await expect(widget.panel.getByRole('heading', { name: 'Ana Prado' })).toBeVisible()
  await expect(widget.panel).not.toContainText('in the queue')
  await desk.answer.pressSequentially('Let me see')
  await expect(widget.panel).toContainText('Ana Prado is typing…')
  await desk.say('We have: see [the list](https://shop.example/green)')
  await expect(widget.panel.getByRole('link', { name: 'the list' })).toHaveAttribute(
    'href',
    'https://shop.example/green',
  )
  await expect(widget.panel).not.toContainText('is typing…')
  await widget.composer.pressSequentially('Lovely')
  await expect(desk.panes).toContainText('The visitor is writing…')
  await widget.composer.press('Enter')
  await expect(desk.bubbles.last()).toHaveText('Lovely')
  await expect(desk.panes).not.toContainText('The visitor is writing…')

  await widget.attach({ name: 'mine.png', mimeType: 'image/png', buffer: png })
  await expect(widget.root.locator('img[alt="mine.png"]')).toBeVisible()
  await expect(desk.panes.getByRole('link', { name: 'mine.png' })).toBeVisible()
  await desk.attach('terms.txt', 'the small print')
  const href = await widget.root.getByRole('link', { name: /terms\.txt/ }).getAttribute('href')
  expect(await (await visitor.page.request.get(href!)).text()).toBe('the small print')

  await desk.transfer('Ben Okoro')
  await expect(widget.panel.getByRole('heading', { name: 'Ben Okoro' })).toBeVisible()
  await expect.poll(widget.notes).toContain('The chat was handed over to Ben Okoro')
  await widget.say('Hello Ben')
  await expect(desk.bubbles.last()).toHaveText('Hello Ben')
  await desk.press('Close')
  await expect(widget.button('New chat')).toBeVisible()
  await expect(desk.panes).toContainText('This conversation has ended.')
  await widget.root.getByRole('radio', { name: '5, very good' }).first().check({ force: true })
  await widget.field('Anything you would like to add?').fill('Quick and kind')
  await widget.button('Send rating').click()
  await expect(widget.panel).toContainText('Thank you for your rating!')
  const { rooms } = (await server.do('GET', 'rooms')) as { rooms: { survey?: object; departmentId?: string }[] }
  expect(rooms.map(({ survey, departmentId }) => ({ survey, departmentId }))).toEqual([
    { survey: { satisfaction: '5', additionalFeedback: 'Quick and kind' }, departmentId: 'd1' },
  ])
  const words = [
    'Do you have these in green?',
    'We have: see [the list](https://shop.example/green)',
    'Lovely',
    'mine.png',
    'terms.txt',
    'Hello Ben',
  ]
  expect(await stored(server)).toEqual(words)
  expect(await taken(server)).toEqual({ 'Do you have these in green?': 1, Lovely: 1, 'Hello Ben': 1 })
  expect(said.filter((line) => /^(error|uncaught)/.test(line))).toEqual([])
})

test('through a socket’s drop, a restart, an outage and in two tabs everything is said once, and in one order for all', async ({
  visitor,
  server,
  desk,
}) => {
  await server.settings({ limiter: false })
  const other: Tab = await visitor.tab()
  const { widget } = visitor
  await visitor.go('/')
  await widget.open()
  await widget.say('Hello')
  await desk.choose('guest')
  await expect(desk.bubbles).toHaveText(['Hello'])
  await desk.say('Good morning')
  await expect.poll(widget.bubbles).toEqual(['me: Hello', 'them: Good morning'])
  const spoken = ['me: Hello', 'them: Good morning']
  const agree = async (...more: string[]) => {
    spoken.push(...more)
    for (const tab of [visitor, other]) await expect.poll(tab.widget.bubbles).toEqual(spoken)
    await expect(desk.bubbles).toHaveText(spoken.map((each) => each.replace(/^\w+: /, '')))
  }
  await other.go('/other')
  await other.widget.open()
  await agree()

  await server.faults({ socket: 'drop' })
  await expect(other.widget.banner).toContainText(/Reconnecting|No connection/)
  await desk.say('said while nobody heard')
  await expect.poll(() => stored(server)).toContain('said while nobody heard')
  await other.widget.say('said by who did not hear')
  await server.faults()
  await agree('them: said while nobody heard', 'me: said by who did not hear')

  await server.restart()
  await server.settings({ limiter: false })
  await widget.say('Are you back?')
  await agree('me: Are you back?')
  await desk.say('I am')
  await agree('them: I am')

  await server.plug(true)
  await other.widget.say('into the dark')
  await widget.say('and so do I')
  await expect(widget.panel).toContainText('Sending…')
  await server.faults({ match: 'POST /api/v1/livechat/message', drop: 'after', times: 1 })
  await agree('me: into the dark', 'me: and so do I')
  await desk.say('heard you both')
  await agree('them: heard you both')

  expect(await stored(server)).toEqual(spoken.map((each) => each.replace(/^\w+: /, '')))
  expect(((await server.do('GET', 'rooms')) as { rooms: unknown[] }).rooms).toHaveLength(1)
  // What was answered into nothing was sent again under its own id, which a server takes for the same message.
  expect(await taken(server)).toEqual({
    Hello: 1,
    'said by who did not hear': 1,
    'Are you back?': 1,
    'into the dark': 1,
    'and so do I': 1,
  })
  await desk.press('Close')
  for (const tab of [visitor, other]) await expect(tab.widget.button('New chat')).toBeVisible()
})
