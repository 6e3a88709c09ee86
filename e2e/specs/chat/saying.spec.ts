/** What a host has the chat say, sees of it, and changes in it. */
import { expect, test, type Visitor } from '../../test.ts'

interface Calls {
  send(text: string): Promise<void>
  prefill(text: string): Promise<void>
  trackEvent(name: string, data?: object): Promise<void>
}

/** What becomes of a call of the host's: `done`, or the code and the sentence. */
const call = ({ page }: Visitor, method: keyof Calls, ...given: unknown[]) =>
  page.evaluate(
    ([name, values]) =>
      new Promise<string>((done) =>
        window.Tagalong((api) =>
          // Given on purpose as nobody should as well: the types allow none of it.
          (api as unknown as Record<string, (...all: unknown[]) => Promise<void>>)[name]!(...values).then(
            () => done('done'),
            ({ code, message }) => done(`${code}: ${message}`),
          ),
        ),
      ),
    [method, given] as const,
  )

const trigger = (_id: string, value: string) => ({
  _id,
  enabled: true,
  runOnce: false,
  conditions: [{ name: 'page-url', value }],
  actions: [{ name: 'send-message', params: { sender: 'custom', name: 'Ana', msg: `Hello from ${_id}` } }],
})

test.beforeEach(({ server }) => server.settings({ limiter: false }))

test('a host sends a message as the visitor, with the panel closed, and in a new conversation after one that has ended', async ({
  visitor,
  server,
}) => {
  await visitor.go('/')
  expect(await call(visitor, 'send', 'Where is order 1234?')).toBe('done')
  await expect.poll(() => server.said()).toEqual(['Where is order 1234?'])
  await visitor.widget.open()
  await expect.poll(visitor.widget.bubbles).toEqual(['me: Where is order 1234?'])
  await server.agent({ does: 'close' })
  await expect(visitor.widget.button('New chat')).toBeVisible()
  expect(await call(visitor, 'send', 'And order 1235?')).toBe('done')
  await expect.poll(visitor.widget.bubbles).toEqual(['me: And order 1235?'])
  expect(await call(visitor, 'send', ' ')).toBe('bad-call: send() takes a text that is not empty.')
})

test('a host cannot send where the visitor could not write, and is told why', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({ registrationForm: true })
  await visitor.go('/')
  expect(await call(visitor, 'send', 'Hello')).toMatch(/^bad-call: The server asks for a form first/)
  await server.settings({ registrationForm: false, online: false })
  await visitor.go('/night')
  await visitor.page.evaluate(() => window.Tagalong((api) => void api.update({ department: '' })))
  await expect.poll(() => call(visitor, 'send', 'Hello')).toMatch(/^no-agents: No agent is online/)
  site.page('/asks', { title: 'Asks', head: tag('data-tracking="consent"') })
  await visitor.go('/asks')
  await visitor.page.evaluate(() => window.Tagalong((api) => void api.consent(false)))
  expect(await call(visitor, 'send', 'Hello')).toMatch(/^no-consent: /)
  expect(await server.said()).toEqual([])
})

test('prefilled words stand in the composer, open or not, and never over what the visitor has written', async ({
  visitor,
}) => {
  const { composer } = visitor.widget
  await visitor.go('/')
  expect(await call(visitor, 'prefill', 'Order 1234: ')).toBe('done')
  await visitor.widget.open()
  await expect(composer).toHaveValue('Order 1234: ')
  await composer.fill('')
  expect(await call(visitor, 'prefill', 'Order 1235: ')).toBe('done')
  await expect(composer).toHaveValue('Order 1235: ')
  await composer.fill('My own words')
  expect(await call(visitor, 'prefill', 'Order 1236: ')).toBe('done')
  await expect(composer).toHaveValue('My own words')
  await visitor.widget.close()
  await visitor.widget.open()
  await expect(composer).toHaveValue('My own words')
})

test('an event of the page fires the trigger that waits for it, and tells its values as custom fields', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({
    triggers: [trigger('cart', 'event:cart-abandoned'), trigger('other', 'event:other')],
    customFields: [
      { _id: 'cart', label: 'Cart', type: 'input', required: false, regexp: '', options: '', defaultValue: '' },
    ],
  })
  const head = `<script>window.told = []; addEventListener('tagalong:greeting', ({ detail }) => told.push(detail), true)</script>${tag()}`
  site.page('/shop', { title: 'Shop', head })
  const told = () =>
    visitor.page.evaluate(() =>
      (window as never as { told: { state: string; text: string; name: string }[] }).told.map(
        ({ state, name, text }) => `${state} ${name}: ${text}`,
      ),
    )
  await visitor.go('/shop')
  void call(visitor, 'trackEvent', 'cart-abandoned', { cart: '3 items' })
  await expect(visitor.widget.root.getByText('Hello from cart')).toBeVisible()
  expect(await told()).toEqual(['shown Ana: Hello from cart'])
  await visitor.widget.root.getByText('Hello from cart').click()
  await expect(visitor.widget.panel).toContainText('Hello from cart')
  await expect.poll(told).toEqual(['shown Ana: Hello from cart', 'clicked Ana: Hello from cart'])
  await visitor.widget.say('Hello')
  await expect
    .poll(async () => (await server.ledger('custom.field')).map(({ body }) => body))
    .toContainEqual(expect.objectContaining({ key: 'cart', value: '3 items' }))
  await visitor.widget.close()
  expect(await call(visitor, 'trackEvent', '')).toBe('bad-call: trackEvent() takes a text that is not empty.')
})

test('a host changes or hides messages of agents before they are shown, and shows of their names what it will', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  const head = `${tag('data-agent-name="first"').replace(' async', '')}
    <script>Tagalong({ beforeMessage: ({ from, text }) => {
      if (text === 'throw') throw Error('of the host')
      return text.includes('internal') ? false : from + ' said ' + text.replace('*old*', '*new*')
    } })</script>`
  site.page('/shop', { title: 'Shop', head })
  await visitor.go('/shop')
  const { widget } = visitor
  await widget.open()
  await widget.say('The *old* one?')
  await expect.poll(() => server.said()).toHaveLength(1)
  await server.agent({ does: 'take' })
  await server.agent({ does: 'say', text: 'An internal note' })
  await server.agent({ does: 'say', text: 'The *old* one' })
  await server.agent({ does: 'say', text: 'throw' })
  await expect
    .poll(widget.bubbles)
    .toEqual(['me: The old one?', expect.stringMatching(/^them: agent said The new one/), 'them: throw'])
  await expect(widget.panel).toContainText('Ana')
  await expect(widget.panel).not.toContainText('Prado')
  await visitor.page.reload()
  await expect.poll(widget.bubbles).toHaveLength(3)
  await server.agent({ does: 'transfer', to: 'ben' })
  await expect.poll(widget.notes).toContain('The chat was handed over to Ben')
})
