import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'playwright/test'
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
    'a code in brackets alone',
    400,
    { success: false, error: '[invalid-token]', errorType: 'invalid-token' },
    { kind: 'refused', code: 'invalid-token' },
  ],
  [
    'an error object of 0.70–5.1',
    400,
    {
      isClientSafe: true,
      error: 'no-agent-online',
      reason: 'Sorry, no online agents',
      message: 'Sorry, no online agents [no-agent-online]',
      errorType: 'Meteor.Error',
      success: false,
    },
    { kind: 'refused', code: 'no-agent-online' },
  ],
  [
    'a failed type check of 0.70–5.1',
    400,
    { message: "Match error: Missing key 'token'", path: '', errorType: 'Match.Error', success: false },
    { kind: 'refused', code: "Match error: Missing key 'token'" },
  ],
  [
    'what 9.0 forbids',
    403,
    { success: false, error: '[error-action-not-allowed]', errorType: 'error-forbidden' },
    { kind: 'refused', status: 403, code: 'error-action-not-allowed' },
  ],
  [
    'a code in brackets without a type',
    400,
    { success: false, error: 'Invalid token [invalid-token]' },
    { kind: 'refused', code: 'invalid-token' },
  ],
  [
    'a type check',
    400,
    { success: false, error: "Match error: Missing key 'visitor'" },
    { kind: 'refused', code: "Match error: Missing key 'visitor'" },
  ],
  [
    'a schema',
    400,
    { success: false, error: "must have required property 'token' [invalid-params]", errorType: 'invalid-params' },
    { kind: 'refused', code: 'invalid-params' },
  ],
  [
    'a schema of a typed route',
    400,
    { success: false, error: "must have required property 'token'", errorType: 'invalid-params' },
    { kind: 'refused', code: 'invalid-params' },
  ],
  [
    'a failure with a reason',
    400,
    { success: false, reason: 'error-file-upload-disabled' },
    { kind: 'refused', code: 'error-file-upload-disabled' },
  ],
  [
    'a failure with a message',
    400,
    { success: false, message: 'Mail not sent' },
    { kind: 'refused', code: 'Mail not sent' },
  ],
  ['a failure without a word', 400, { success: false }, { kind: 'refused', code: '', says: '' }],
  [
    'no login, in old words',
    401,
    { status: 'error', message: 'You must be logged in to do this.' },
    { kind: 'refused', status: 401 },
  ],
  [
    'no login, in new words',
    401,
    {
      success: false,
      error: 'You must be logged in to do this.',
      status: 'error',
      message: 'You must be logged in to do this.',
    },
    { kind: 'refused', status: 401 },
  ],
  [
    'no permission',
    403,
    { success: false, error: 'User does not have the permissions required for this action [error-unauthorized]' },
    { kind: 'refused', status: 403, code: 'error-unauthorized' },
  ],
  ['forbidden', 403, { success: false, error: 'unauthorized' }, { kind: 'refused', status: 403, code: 'unauthorized' }],
  [
    'a wrong method',
    405,
    { status: 'error', message: 'API endpoint does not exist' },
    { kind: 'refused', status: 405 },
  ],
  ['success told with a status of failure', 500, { success: true }, { kind: 'odd', status: 500 }],
  ['JSON that says nothing of success', 200, { page: {} }, { kind: 'odd', status: 200 }],
  ['a list', 200, [{ success: true }], { kind: 'odd', status: 200 }],
]

for (const [name, status, body, is] of table)
  test(`${name} is read as ${JSON.stringify(is)}`, () => expect(json(status, body)).toMatchObject({ ...is }))

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
