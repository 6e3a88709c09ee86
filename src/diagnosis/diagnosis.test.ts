import { test, expect } from 'playwright/test'
import type { Answer } from '../wire/answer'
import type { ErrorCode } from '../options'
import { checkNames, diagnose, sentence, type DiagnosisParts } from './index'

const codes: Record<ErrorCode, true> = {
  'no-server': true,
  'no-browser': true,
  'bad-option': true,
  'bad-call': true,
  'bad-pattern': true,
  'too-fast': true,
  destroyed: true,
  'no-consent': true,
  disabled: true,
  'no-agents': true,
  offline: true,
  unreachable: true,
  blocked: true,
  timeout: true,
  limited: true,
  refused: true,
  'ui-failed': true,
}

const config = (more: Record<string, unknown> = {}): Answer => ({
  kind: 'ok',
  status: 200,
  body: { success: true, config: { enabled: true, online: true, settings: { historyMonitorType: 'url' }, ...more } },
})
const unreachable: Answer = { kind: 'silent', why: 'unreachable' }
const timeout: Answer = { kind: 'silent', why: 'timeout' }
const refused: Answer = { kind: 'refused', status: 400, code: 'x', says: "Match error: Missing key 'token'", body: {} }

const reach = (get: Answer, post: Answer, more: Partial<DiagnosisParts> = {}): DiagnosisParts => ({
  server: 'https://chat.example.com',
  origin: 'https://shop.example',
  isStorageDurable: true,
  // What needs a preflight: as a POST does.
  call: async (_method, _path, options) => (options?.headers ? post : get),
  isReachable: async () => true,
  isForbidden: async (_server, run) => (await run(), false),
  whereRedirected: async () => undefined,
  opensSocket: async () => true,
  ...more,
})
const results = async (given: DiagnosisParts): Promise<Record<string, string>> =>
  Object.fromEntries((await diagnose(given)).map(({ name, ok, code }) => [name, ok ? 'ok' : code!]))

test('a server that redirects is named with its new address, and a login page in its place with what to do', async () => {
  const to = async (url: string) =>
    (await diagnose(reach(unreachable, unreachable, { whereRedirected: async () => url })))[0]
  expect(await to('https://new.example/chat/api/v1/livechat/config')).toEqual({
    name: 'server',
    ok: false,
    code: 'moved',
    says: 'The server redirects to https://new.example/chat: set data-server to https://new.example/chat.',
  })
  expect((await to('https://login.example/?next=secret'))!.says).toMatch(
    /redirects to https:\/\/login\.example\/, which is no livechat server/,
  )
})

test('every code has one sentence of its own, with the detail in it', () => {
  const said = Object.keys(codes).map((code) => sentence(code))
  expect(new Set(said).size).toBe(said.length)
  for (const one of said) expect(one).toMatch(/^[A-Z“].*[.]$/)
  expect(sentence('bad-option', 'theme: “drak”')).toContain('theme: “drak”')
  expect(sentence('unreachable', 'https://chat.example.com')).toContain('https://chat.example.com')
})

test('what only an administrator can change is named by its setting', () => {
  expect(sentence('blocked', 'https://shop.example')).toMatch(
    /API_Enable_CORS.*https:\/\/shop\.example.*API_CORS_Origin/,
  )
  expect(sentence('disabled')).toContain('Livechat_enabled')
  expect(sentence('limited', '37 s')).toMatch(/37 s.*HTTP_FORWARDED_COUNT/)
  expect(sentence('no-agent-online')).toContain('Livechat_accept_chats_with_no_agents')
})

test('a refusal says the server’s own words when its code is not known, and the remedy when it is', () => {
  expect(sentence('refused', 'no such thing')).toContain('“no such thing”')
  expect(sentence('refused', 'error-file-too-large')).toContain('FileUpload_MaxFileSize')
  const said = 'department: The provided department is invalid [error-invalid-department]'
  expect(sentence('refused', said)).toContain('The server has no such department')
  expect(sentence('error-of-tomorrow', 'words')).toMatch(/error-of-tomorrow.*“words”/)
  expect(sentence('toString')).toContain('toString')
  expect(sentence('refused', 'constructor')).toContain('“constructor”')
})

test('an agent’s login on the visitor’s widget is refused with the way out', () => {
  const said = sentence('bad-option', 'agent-credentials')
  expect(said).toBe(sentence('agent-credentials'))
  expect(sentence('bad-option', 'second-script')).toMatch(/on this page twice.*leave one/)
  expect(said).toMatch(/userId and authToken.*revoke.*createAgent/)
})

test('a healthy server passes every check', async () => {
  const found = await diagnose(reach(config(), refused))
  expect(found.map(({ name }) => name)).toEqual(checkNames)
  expect(found.filter(({ ok }) => !ok)).toEqual([])
})

test('CORS switched off is told from a server that is gone', async () => {
  const off = reach(config(), unreachable)
  expect(await results({ ...off, postWay: 'proper' })).toMatchObject({ server: 'ok', cors: 'blocked' })
  expect(await results({ ...off, postWay: 'simple' })).toMatchObject({ server: 'ok', cors: 'ok' })
  expect(await results(off)).toMatchObject({ server: 'ok', cors: 'not-known' })
  const gone = await results(reach(unreachable, unreachable, { isReachable: async () => false }))
  expect(gone).toMatchObject({
    server: 'unreachable',
    api: 'unchecked',
    cors: 'unchecked',
    websocket: 'unchecked',
    agents: 'unchecked',
    storage: 'ok',
  })
  expect(await results(reach(unreachable, unreachable, { postWay: 'proper' }))).toMatchObject({
    server: 'ok',
    api: 'blocked',
    cors: 'blocked',
  })
  expect(await results(reach(timeout, timeout))).toMatchObject({ server: 'timeout', cors: 'unchecked' })
  expect(await results(reach(config(), timeout))).toMatchObject({ server: 'ok', cors: 'timeout' })
})

test('the server’s own origin needs no permission to write', async () => {
  expect(await results(reach(config(), refused, { origin: 'https://chat.example.com' }))).toMatchObject({ cors: 'ok' })
  expect(await results(reach(config(), refused, { server: '/chat', origin: 'https://shop.example' }))).toMatchObject({
    cors: 'ok',
  })
})

test('a secure page is told that it may not talk to an insecure server', async () => {
  const mixed = reach(unreachable, unreachable, { server: 'http://chat.example.com', isReachable: async () => false })
  expect(await results(mixed)).toMatchObject({ server: 'mixed-content' })
})

test('a page that answers in the API’s place is recognised', async () => {
  expect(await results(reach({ kind: 'odd', status: 200 }, { kind: 'odd', status: 200 }))).toMatchObject({
    server: 'ok',
    api: 'not-api',
    livechat: 'unchecked',
  })
})

test('livechat switched off, nobody online, an unknown monitor type, no websocket and no storage each fail alone', async () => {
  const off: Answer = { kind: 'ok', status: 200, body: { success: true, config: { enabled: false } } }
  expect(await results(reach(off, refused))).toMatchObject({
    livechat: 'disabled',
    monitor: 'unchecked',
    agents: 'unchecked',
    cors: 'ok',
  })
  expect(await results(reach(config({ online: false }), refused))).toMatchObject({ livechat: 'ok', agents: 'nobody' })
  expect(await results(reach(config({ settings: { historyMonitorType: 'both' } }), refused))).toMatchObject({
    monitor: 'unknown-type',
  })
  expect(await results(reach(config({ settings: undefined }), refused))).toMatchObject({ monitor: 'ok' })
  expect(await results(reach(config(), refused, { opensSocket: async () => false }))).toMatchObject({
    websocket: 'no-socket',
  })
  expect(await results(reach(config(), refused, { isStorageDurable: false }))).toMatchObject({ storage: 'memory-only' })
})

test('a server named without its https:// is told from one that is gone, and a policy that forbids it as well', async () => {
  const odd: Answer = { kind: 'odd', status: 404 }
  const given = { givenServer: 'chat.example.com', server: 'https://shop.example/chat.example.com' }
  const [first] = await diagnose(reach(odd, odd, given))
  expect(first).toMatchObject({ code: 'no-scheme', says: expect.stringMatching(/write https:\/\/chat\.example\.com/) })
  // Somebody may have a folder of that name.
  expect(await results(reach(config(), refused, given))).toMatchObject({ server: 'ok' })
  const isForbidden = async (_server: string, run: () => Promise<unknown>) => (await run(), true)
  const forbidden = reach(unreachable, unreachable, { isForbidden, isReachable: async () => false })
  expect(await results(forbidden)).toMatchObject({ server: 'forbidden-by-policy' })
})

test('the websocket is asked for under the server’s folder', async () => {
  const asked: string[] = []
  await diagnose(
    reach(config(), refused, { server: 'https://example.com/chat', opensSocket: async (url) => asked.push(url) > 0 }),
  )
  expect(asked).toEqual(['wss://example.com/chat/websocket'])
})

test('a limit is said with its seconds, on either call', async () => {
  const limited: Answer = { kind: 'limited', retryAfterMs: 36_500, says: '' }
  for (const given of [reach(limited, refused), reach(config(), limited)]) {
    const found = await diagnose(given)
    expect(found.find(({ name }) => name === 'limits')).toMatchObject({
      ok: false,
      code: 'limited',
      says: expect.stringContaining('37 s'),
    })
    expect(found.find(({ name }) => name === 'cors')).toMatchObject({ ok: true })
  }
})
