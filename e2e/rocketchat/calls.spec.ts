/** What the widget asks before anybody has said a word. */
import { examineServer } from '../../src/cli/serverCheck/run.ts'
import { expect, test } from './test.ts'

const aText = expect.any(String)
const aFlag = expect.any(Boolean)
const aList = expect.any(Array)
const elsewhere = 'https://shop.example'

test('every call of the widget is answered as one it is made for', async ({ subject, needs }) => {
  const { deviations } = await examineServer(subject.origin, elsewhere, false)
  needs('answers that no server was seen to give (server-check)', deviations, [])
})

test('the settings hold what the widget reads', async ({ subject, needs, expects }) => {
  const { body, status } = await subject.call('GET', 'livechat/config')
  needs('GET config: status', status, 200)
  needs('GET config: switched on', body.config?.enabled, true)
  needs('GET config: whether an agent is online', body.config?.online, aFlag)
  needs(
    'GET config: what is monitored',
    body.config?.settings?.historyMonitorType,
    expect.stringMatching(/^(url|title)$/),
  )
  expects('GET config: settings', body.config?.settings, {
    registrationForm: aFlag,
    nameFieldRegistrationForm: aFlag,
    emailFieldRegistrationForm: aFlag,
    displayOfflineForm: aFlag,
    fileUpload: aFlag,
    transcript: aFlag,
    showConnecting: aFlag,
    agentHiddenInfo: aFlag,
    visitorsCanCloseChat: aFlag,
    hiddenSystemMessages: aList,
    language: aText,
  })
  expects('GET config: theme', body.config?.theme, {
    title: aText,
    color: aText,
    offlineTitle: aText,
    offlineColor: aText,
  })
  expects('GET config: lists', body.config, { departments: aList, triggers: aList, messages: expect.any(Object) })
  const strict = await subject.call('GET', 'livechat/config?nonsense=1')
  expects('GET config with an unknown parameter', [strict.status, strict.answer], [400, { kind: 'refused' }])
})

test('a page of another origin reads answers, and posts without asking for permission', async ({
  subject,
  token,
  needs,
  expects,
}) => {
  const headers = { Origin: elsewhere }
  const read = await subject.call('GET', 'livechat/config', { headers })
  needs('Access-Control-Allow-Origin of a GET', read.headers.get('access-control-allow-origin'), '*')
  const body = { visitor: { token, name: 'Tagalong test' } }
  const simple = { headers, body, type: 'text/plain;type=application/json' }
  const posted = await subject.call('POST', 'livechat/visitor', simple)
  expects('JSON that is called a kind of text is read as JSON (since 7.6)', posted.body.visitor, { token })
  expects('Access-Control-Allow-Origin of a POST', posted.headers.get('access-control-allow-origin'), '*')
  const asked = { ...headers, 'Access-Control-Request-Method': 'POST' }
  const preflight = await subject.call('OPTIONS', 'livechat/visitor', { headers: asked })
  expects('a preflight, as CORS is set when installed', preflight.status, 405)
})

test('a page is kept before there is a visitor', async ({ subject, token, needs, expects }) => {
  const location = { href: 'https://shop.example/first' }
  const visit = (pageInfo: object) => subject.call('POST', 'livechat/page.visited', { body: { token, pageInfo } })
  const kept = await visit({ change: 'url', title: 'First', location })
  needs('POST page.visited without a room: status', kept.status, 200)
  expects('POST page.visited: what is kept', kept.body.page, {
    msg: 'First - https://shop.example/first',
    navigation: { token, page: { change: 'url', title: 'First', location } },
  })
  const untitled = await visit({ change: 'url', title: '', location })
  needs('POST page.visited without a title: status', untitled.status, 200)
  const other = await visit({ change: 'title', title: 'First', location })
  expects('POST page.visited of what is not monitored', [other.status, other.body.page ?? 'nothing'], [200, 'nothing'])
  const strange = await visit({ change: 'url', title: 'First', location, referrer: '' })
  expects('POST page.visited with an unknown member', strange.answer, { kind: 'refused', code: 'invalid-params' })
})

test('a visitor is registered under the token that was sent, and found by it', async ({
  subject,
  token,
  needs,
  expects,
}) => {
  const name = 'Tagalong test'
  const email = `Visitor-${token.slice(-8)}@Example.com`
  const { body } = await subject.call('POST', 'livechat/visitor', { body: { visitor: { token, name, email } } })
  needs('POST visitor: token', body.visitor?.token, token)
  needs('POST visitor: ids', body.visitor, { _id: aText, username: aText })
  expects('POST visitor: facts', body.visitor, { name, visitorEmails: [{ address: email.toLowerCase() }] })
  const found = await subject.call('GET', `livechat/visitor/${token}`)
  needs('GET visitor/:token', found.body.visitor, { _id: body.visitor?._id, token })
  const gone = await subject.call('DELETE', `livechat/visitor/${token}`)
  expects('DELETE visitor/:token', gone.body.visitor, { _id: body.visitor?._id })
})

test('a refusal names the code that the widget knows', async ({ subject, token, needs, expects }) => {
  const unknown = await subject.call('GET', `livechat/visitor/${token}`)
  needs('GET visitor/:token of nobody', unknown.answer, { kind: 'refused', status: 400, code: 'invalid-token' })
  const room = await subject.call('GET', `livechat/room?token=${token}`)
  needs('GET room of nobody', room.answer, { kind: 'refused', code: 'invalid-token' })
  const body = { token, rid: 'nowhere', msg: 'x' }
  const message = await subject.call('POST', 'livechat/message', { body })
  needs('POST message of nobody', message.answer, { kind: 'refused', code: 'invalid-token' })
  const empty = await subject.call('POST', 'livechat/visitor', { body: {} })
  expects('POST visitor without a visitor', [empty.status, empty.text], [400, expect.stringContaining('visitor')])
  const missing = await subject.call('GET', 'livechat/tagalong-test')
  expects('an unknown route', missing.answer, { kind: 'odd', status: 404 })
})

test('too many calls are refused with the seconds to wait', async ({ subject, needs, expects }) => {
  await subject.limit(true)
  let last = await subject.callOnce('GET', 'livechat/config')
  for (let calls = 1; calls < 12 && last.status !== 429; calls++)
    last = await subject.callOnce('GET', 'livechat/config')
  await subject.limit(false)
  await subject.rest()
  expects('the twelfth GET config within a minute', last.status, 429)
  if (last.status !== 429) return
  needs('429: the text', last.body.error, expect.stringMatching(/must wait \d+ seconds/))
  expects('429: X-RateLimit-Limit', last.headers.get('x-ratelimit-limit'), '10')
  expects(
    '429: X-RateLimit-Reset, in milliseconds',
    last.headers.get('x-ratelimit-reset'),
    expect.stringMatching(/^\d{13}$/),
  )
})
