import { expect, test } from 'playwright/test'
import { refused } from '../../e2e/fakes/answers'
import { createBrowser, settled } from '../../e2e/fakes/core'
import { visitorBody } from '../../e2e/fakes/livechat'
import type { VisitorBody } from '../wire/rest'
import { refusedField } from './identity'

const guest = { name: 'Mia', email: 'phone@name.example', phone: '1', department: 'Sales', customFields: { a: 'b' } }

test('which field was refused is read from the error, and not guessed from words that look like it', () => {
  for (const [code, says, field] of [
    ['', 'Missing required custom fields: company_name, phone', 'customFields'],
    ['error-invalid-email', 'Invalid email phone@name.example [error-invalid-email]', 'email'],
    ['error-invalid-department', 'error-invalid-department', 'department'],
    ['', 'The provided department is invalid', 'department'],
    ['', 'Match error: Expected string, got number in field visitor.phone', 'phone'],
    ['error-updating-custom-fields', 'error-updating-custom-fields', 'customFields'],
    ['', 'Invalid value for company_name', 'customFields'],
    ['invalid-token', '[invalid-token]', undefined],
  ] as const)
    expect(refusedField(code, says, guest), says).toBe(field)
  expect(refusedField('error-invalid-email', 'Invalid email', { name: 'Mia' })).toBeUndefined()
})

test('a field that was refused is not sent again with what the visitor says later, until it says something else', async () => {
  const browser = createBrowser()
  browser.reply('POST livechat/visitor', ({ body }) => {
    const { visitor } = body as VisitorBody
    return visitor.email === 'nobody'
      ? refused('Invalid email nobody [error-invalid-email]')
      : visitorBody(visitor.token)
  })
  browser.reply('GET livechat/config', { config: { enabled: true } })
  const { core, reports } = browser.tab()
  await core.visitor.register({ name: 'Mia', email: 'nobody' })
  await core.visitor.register({ name: 'Mia', email: 'nobody' })
  await core.visitor.register({ phone: '7' })
  await core.visitor.register({ email: 'mia@shop.example' })
  await settled()
  const sent = browser.bodies('POST livechat/visitor').map(({ visitor }) => (visitor as VisitorBody['visitor']).email)
  expect(sent).toEqual(['nobody', undefined, undefined, 'mia@shop.example'])
  await expect.poll(() => reports).toHaveLength(1)
})
