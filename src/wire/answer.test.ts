import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { knownRefusals } from '../../e2e/backend/probe/refusals'
import { answerOf, decodeAnswer } from './answer'

const json = (status: number, body: unknown) => decodeAnswer(status, JSON.stringify(body))

/** The bodies of the protocol's table, to the letter. */
const table: [name: string, status: number, body: unknown, is: object][] = [
  ['success', 200, { config: { enabled: false }, success: true }, { kind: 'ok', status: 200 }],
  [
    'a plain error',
    400,
    { success: false, error: 'invalid-room' },
    { kind: 'refused', status: 400, code: 'invalid-room', says: 'invalid-room' },
  ],
  [
    'an error with its code in brackets',
    400,
    { success: false, error: 'Reason text [code]', errorType: 'code', details: {} },
    { kind: 'refused', code: 'code', says: 'Reason text [code]' },
  ],
  [
    'a code in brackets without a type',
    400,
    { success: false, error: 'Invalid token [invalid-token]' },
    { kind: 'refused', code: 'invalid-token' },
  ],
  [
    'no permission',
    403,
    { success: false, error: 'User does not have the permissions required for this action [error-unauthorized]' },
    { kind: 'refused', status: 403, code: 'error-unauthorized' },
  ],
  ['forbidden', 403, { success: false, error: 'unauthorized' }, { kind: 'refused', status: 403, code: 'unauthorized' }],
  ['success told with a status of failure', 500, { success: true }, { kind: 'odd', status: 500 }],
  ['JSON that says nothing of success', 200, { page: {} }, { kind: 'odd', status: 200 }],
  ['a list', 200, [{ success: true }], { kind: 'odd', status: 200 }],
]

for (const [name, status, body, is] of table)
  test(`${name} is read as ${JSON.stringify(is)}`, () => expect(json(status, body)).toMatchObject({ ...is }))

for (const { name, status, body, code, says } of knownRefusals)
  test(`${name}: its code is ${JSON.stringify(code)}`, () =>
    expect(json(status, body)).toEqual({ kind: 'refused', status, code, says, body }))

test('whatever is not JSON comes from somebody else', () => {
  for (const [status, text] of [
    [200, '<!DOCTYPE html><html><head>'],
    [404, 'Not Found'],
    [405, 'CORS not enabled. Go to "Admin > General > REST Api" to enable it.'],
    [502, ''],
    [413, '<h1>413 Request Entity Too Large</h1>'],
  ] as const)
    expect(decodeAnswer(status, text)).toEqual({ kind: 'odd', status })
})

test('how long a limit lasts is in its text, or a minute', () => {
  const says = (seconds: number) =>
    `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying this endpoint again. [error-too-many-requests]`
  expect(json(429, { success: false, error: says(37) })).toEqual({
    kind: 'limited',
    retryAfterMs: 37_000,
    says: says(37),
  })
  expect(json(429, { success: false, error: says(1).replace('seconds', 'second') })).toMatchObject({
    retryAfterMs: 1000,
  })
  expect(decodeAnswer(429, 'Too Many Requests')).toMatchObject({ kind: 'limited', retryAfterMs: 60_000 })
})

test('no reply is silence, with its reason', () => {
  expect(answerOf('TimeoutError')).toEqual({ kind: 'silent', why: 'timeout' })
  expect(answerOf('TypeError')).toEqual({ kind: 'silent', why: 'unreachable' })
  expect(answerOf({ status: 200, text: '{"success":true}' })).toEqual({
    kind: 'ok',
    status: 200,
    body: { success: true },
  })
})

interface Documented {
  cases: { name: string; status: number; answer?: Record<string, unknown> }[]
}
const folder = 'e2e/backend/probe/documented'
for (const file of readdirSync(folder))
  test(`every documented answer in ${file} is understood`, () => {
    const { cases } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Documented
    expect(cases.length).toBeGreaterThan(0)
    for (const { name, status, answer } of cases) {
      if (!answer || !('success' in answer)) continue
      expect(json(status, answer), name).toMatchObject(
        answer.success ? { kind: 'ok', body: answer } : { kind: 'refused', status },
      )
    }
  })

test('the wait is the number before the word second, and a minute where that is no time', () => {
  const waitMs = (error: string) => json(429, { success: false, error })
  expect(waitMs('You must wait 46 seconds before trying this endpoint again. [error-too-many-requests]')).toMatchObject(
    { kind: 'limited', retryAfterMs: 46_000 },
  )
  expect(waitMs('60 calls; try again in 1 second')).toMatchObject({ retryAfterMs: 1000 })
  for (const odd of ['', 'later', 'seconds', `${'9'.repeat(400)} seconds`])
    expect(waitMs(odd)).toMatchObject({ retryAfterMs: 60_000 })
})
