import { asObject, asText } from '../../wire/coerce'
import type { Json } from '../../wire/json'
import type { Expectation, Subject } from './contracts'

const own = ({ token, rid }: Subject) => ({ token, rid })
const ownToken = ({ token }: Subject) => ({ token })

const page = { change: 'url', title: 'Tagalong server check', location: { href: 'https://server-check.invalid/' } }

const wants = (isThere: boolean, what: string) => (isThere ? undefined : `an answer with ${what}`)

/** Without a visitor. */
export const configExpectation: Expectation = {
  method: 'GET',
  path: 'config',
  inspect: ({ config }) =>
    wants(typeof asObject(config).enabled === 'boolean', 'config.enabled, which is true or false'),
}

/** Makes the visitor of the run: whatever comes after needs one. */
export const registration: Expectation = {
  method: 'POST',
  path: 'visitor',
  body: ({ token }) => ({ visitor: { token, name: 'Tagalong server check' } }),
  inspect: ({ visitor }) => wants(asText(asObject(visitor).token) !== '', 'visitor.token'),
}

export const erasure: Expectation = {
  method: 'DELETE',
  path: 'visitor/:token',
  refusals: ['visitor-has-open-rooms', 'error-removing-visitor'],
}

/**
 * What can be tried without a conversation, which agents would be called to: the room does not exist, and a server that says so has read
 * the call. A message for the time after hours is not tried: it would be mailed.
 */
export const withoutRoom: Expectation[] = [
  {
    method: 'GET',
    path: 'visitor/:token',
    inspect: ({ visitor }, { token }) => wants(asObject(visitor).token === token, 'the visitor’s own token'),
  },
  {
    method: 'POST',
    path: 'page.visited',
    body: ({ token }) => ({ token, pageInfo: page }),
    // The first servers take no page before there is a room.
    refusals: ["Match error: Missing key 'rid'", 'invalid-room'],
  },
  { method: 'POST', path: 'visitor.status', body: ({ token }) => ({ token, status: 'online' }) },
  {
    method: 'POST',
    path: 'custom.field',
    body: ({ token }) => ({ token, key: 'tagalong-server-check', value: 'x', overwrite: false }),
    refusals: ['invalid-custom-field'],
  },
  { method: 'GET', path: 'agent.next/:token', refusals: ['agent-not-found', 'invalid-agent'] },
  { method: 'GET', path: 'agent.info/:rid/:token', refusals: ['invalid-room'] },
  { method: 'POST', path: 'message', body: (subject) => ({ ...own(subject), msg: 'x' }), refusals: ['invalid-room'] },
  { method: 'GET', path: 'message/:messageId', query: own, refusals: ['invalid-room'], from: 3 },
  { method: 'GET', path: 'messages.history/:rid', query: ownToken, refusals: ['invalid-room'] },
  {
    method: 'PUT',
    path: 'message/:messageId',
    body: (subject) => ({ ...own(subject), msg: 'x' }),
    refusals: ['invalid-room'],
  },
  { method: 'DELETE', path: 'message/:messageId', body: own, refusals: ['invalid-room'] },
  {
    method: 'POST',
    path: 'upload/:rid',
    file: true,
    refusals: ['unauthorized', 'forbidden', 'error-file-upload-disabled'],
  },
  {
    method: 'POST',
    path: 'visitor/department.transfer',
    body: (subject) => ({ ...own(subject), department: 'tagalong-server-check' }),
    refusals: ['error-invalid-room'],
    from: 8,
  },
  {
    method: 'POST',
    path: 'room.transfer',
    body: (subject) => ({ ...own(subject), department: 'tagalong-server-check' }),
    refusals: ['invalid-room'],
    to: 7,
  },
  {
    method: 'POST',
    path: 'room.close',
    body: own,
    refusals: ['invalid-room', 'error-not-allowed-to-close-conversation'],
  },
  {
    method: 'POST',
    path: 'room.survey',
    body: (subject) => ({ ...own(subject), data: [{ name: 'satisfaction', value: '5' }] }),
    refusals: ['invalid-room'],
  },
  {
    method: 'POST',
    path: 'transcript',
    body: (subject) => ({ ...own(subject), email: 'nobody@server-check.invalid' }),
    refusals: ['error-invalid-room', 'invalid-room', 'error-invalid-visitor'],
  },
]

/** Makes the conversation of the run. */
export const opening: Expectation = {
  method: 'GET',
  path: 'room',
  query: ownToken,
  refusals: ['no-agent-online', 'error-omnichannel-is-disabled', 'error-contact-channel-blocked'],
  inspect: ({ room }, { token }) =>
    wants(
      asText(asObject(room)._id) !== '' && asObject(asObject(room).v).token === token,
      'a room of the visitor’s own',
    ),
}

const msg = 'This is a test of the connection. Nobody needs to answer.'
const idOf = (body: Json) => asText(asObject(body.message)._id)

/** One conversation, from the first message to its end. */
export const conversation: Expectation[] = [
  { method: 'POST', path: 'page.visited', body: (subject) => ({ ...own(subject), pageInfo: page }) },
  {
    method: 'POST',
    path: 'message',
    body: (subject) => ({ ...own(subject), msg, _id: subject.messageId }),
    // The first servers answer without an id.
    inspect: (body, { messageId }) => wants(['', messageId].includes(idOf(body)), 'the message’s own id'),
  },
  {
    method: 'GET',
    path: 'messages.history/:rid',
    query: ownToken,
    inspect: ({ messages }, { messageId }) =>
      wants(
        Array.isArray(messages) && messages.some((message) => asObject(message)._id === messageId),
        'the message that was sent',
      ),
  },
  {
    method: 'GET',
    path: 'message/:messageId',
    query: own,
    from: 3,
    inspect: (body, { messageId }) => wants(idOf(body) === messageId, 'the message that was sent'),
  },
  {
    method: 'PUT',
    path: 'message/:messageId',
    body: (subject) => ({ ...own(subject), msg: `${msg} (edited)` }),
    refusals: ['error-action-not-allowed'],
  },
  { method: 'DELETE', path: 'message/:messageId', body: own, refusals: ['error-action-not-allowed'] },
  {
    method: 'POST',
    path: 'upload/:rid',
    file: true,
    refusals: ['error-file-upload-disabled', 'error-type-not-allowed', 'error-file-too-large'],
  },
  { method: 'POST', path: 'room.close', body: own, refusals: ['error-not-allowed-to-close-conversation'] },
]
