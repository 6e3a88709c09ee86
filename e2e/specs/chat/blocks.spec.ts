import { expect, test, type Server, type Visitor } from '../../test.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const options = (...names: string[]) => names.map((name) => ({ text: plain(name), value: name.toLowerCase() }))
const element = (type: string, more: object = {}) => ({ type, actionId: type, ...more })

const blocks = [
  {
    type: 'section',
    blockId: 'ask',
    appId: 'shop',
    text: { type: 'mrkdwn', text: 'How shall we *send* it?' },
    accessory: element('static_select', { placeholder: plain('Choose a way'), options: options('Post', 'Courier') }),
  },
  {
    type: 'actions',
    blockId: 'act',
    appId: 'shop',
    elements: [
      element('button', { text: plain('Book'), value: 'now', style: 'primary' }),
      element('multi_static_select', {
        placeholder: plain('Days that suit you'),
        options: options('Monday', 'Tuesday', 'Friday'),
        maxSelectItems: 2,
      }),
      element('overflow', { options: options('Cancel', 'Later') }),
      element('hologram', { text: plain('You cannot see this') }),
    ],
  },
  {
    type: 'input',
    blockId: 'day',
    appId: 'shop',
    label: plain('From which day on?'),
    element: element('datepicker', { initialDate: '2026-03-16' }),
  },
  {
    type: 'input',
    blockId: 'words',
    appId: 'shop',
    label: plain('Anything else?'),
    hint: plain('A few words'),
    element: element('plain_text_input'),
  },
  {
    type: 'input',
    blockId: 'later',
    appId: 'shop',
    label: plain('Nobody can read this'),
    element: element('hologram'),
  },
  { type: 'carousel', elements: [] },
  'no block at all',
]

/** What the app heard, in the order of hearing. */
const heard = async (server: Server) =>
  (await server.ledger('POST /api/apps/ui.interaction/')).map(({ path, body }) => {
    const { type, actionId, container, mid, payload } = body as {
      type: string
      actionId: string
      container: object
      mid: string
      payload: { blockId: string; value: unknown }
    }
    expect({ type, container, app: path.split('/').at(-1) }).toEqual({
      type: 'blockAction',
      container: { type: 'message', id: mid },
      app: 'shop',
    })
    return [actionId, payload.blockId, payload.value]
  })

const begin = async ({ go, widget }: Visitor, server: Server) => {
  await go('/')
  await widget.open()
  await widget.say('Hello')
  await expect
    .poll(async () => (await server.ledger('POST /api/v1/livechat/message')).map(({ status }) => status))
    .toEqual([200])
}

test('what is pressed, chosen and written in a message reaches its app, and what is unknown shows nothing', async ({
  visitor,
  server,
  said,
}) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await begin(visitor, server)
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', blocks, text: '' })
  await expect(widget.panel.getByText('How shall we send it?')).toBeVisible()
  await expect(widget.panel).not.toContainText('cannot see')
  await expect(widget.panel).not.toContainText('Nobody can read')

  await widget.panel.getByRole('combobox', { name: 'Choose a way' }).selectOption('Courier')
  await widget.button('Book').click()
  const days = widget.panel.getByRole('group')
  await days.getByLabel('Tuesday').check()
  await days.getByLabel('Monday').check()
  await expect(days.getByLabel('Friday')).toBeDisabled()
  await days.getByLabel('Monday').uncheck()
  await days.getByLabel('Friday').check()
  await days.getByRole('button', { name: 'Send' }).click()
  await widget.panel.locator('summary').click()
  await widget.button('Later').click()
  const day = widget.panel.getByLabel('From which day on?')
  await expect(day).toHaveValue('2026-03-16')
  await day.fill('2026-04-01')
  const words = widget.panel.getByRole('textbox', { name: 'Anything else?' })
  await words.pressSequentially('Ring twice')
  await words.press('Enter')

  const all = [
    ['static_select', 'ask', 'courier'],
    ['button', 'act', 'now'],
    ['multi_static_select', 'act', ['tuesday', 'friday']],
    ['overflow', 'act', 'later'],
    ['datepicker', 'day', '2026-04-01'],
    ['plain_text_input', 'words', 'Ring twice'],
  ]
  await expect.poll(() => heard(server)).toEqual(all)
  await server.faults({ match: 'ui.interaction', latencyMs: 1000, times: 1 })
  await widget.button('Book').dblclick()
  await expect.poll(() => heard(server)).toEqual([...all, ['button', 'act', 'now']])
  await expect(widget.button('Book')).not.toHaveAttribute('aria-disabled', 'true')
  // Typed: what `fill` writes, Firefox does not take for a change that Enter completes.
  await words.press('ControlOrMeta+a')
  await words.pressSequentially('Ring once')
  await words.press('Enter')
  await expect
    .poll(() => heard(server))
    .toEqual([...all, ['button', 'act', 'now'], ['plain_text_input', 'words', 'Ring once']])
  expect(said.filter((line) => /^(error|uncaught)/.test(line))).toEqual([])
})

test('a press that does not arrive is said, and can be made again', async ({ visitor, server }) => {
  await server.settings({ limiter: false })
  const { widget } = visitor
  await begin(visitor, server)
  await server.agent({ does: 'say', blocks: blocks.slice(1, 2), text: '' })
  await server.faults({ match: 'ui.interaction', status: 503, times: 1 })
  await widget.button('Book').click()
  await expect(widget.panel.getByRole('alert')).toHaveText('That did not work. Please try again.')
  await widget.button('Book').click()
  await expect(widget.panel.getByRole('alert')).toHaveCount(0)
  expect((await server.ledger('ui.interaction')).map(({ status }) => status)).toEqual([503, 200])
})
