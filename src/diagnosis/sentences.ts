import type { ErrorCode } from '../options'
import { blocked } from './blocked'

type Say = (detail: string) => string

const about = (detail: string): string => (detail ? `: ${detail}` : '')
const quoted = (detail: string): string => (detail ? ` It said: “${detail}”.` : '')

const own: Record<ErrorCode | 'agent-credentials', Say> = {
  'no-server': (given) =>
    `Tagalong has no server to talk to${given ? ` (“${given}” is not an http or https address)` : ''}: set data-server="https://chat.example.com" on the script tag, or pass { server }.`,
  'bad-option': (option) =>
    option === 'agent-credentials'
      ? own['agent-credentials']('')
      : `An option cannot be used${about(option)}. Its default is used instead: correct it or take it out.`,
  'bad-call': (call) =>
    `This call cannot be made like this${about(call)}. Nothing was done: see the description of its arguments.`,
  destroyed: () => 'This Tagalong has been destroyed and does nothing any more: create a new one.',
  'no-consent': () => 'The visitor has not agreed to be followed: call consent(true) once they have.',
  disabled: () =>
    'Livechat is switched off on the server: an administrator turns on “Omnichannel enabled” (Livechat_enabled).',
  offline: () => 'This device is offline: what must not be lost is kept and leaves when the network returns.',
  unreachable: (server) =>
    `${server || 'The server'} does not answer: check the address, its certificate, and that the page’s Content-Security-Policy names it in connect-src.`,
  blocked,
  timeout: (server) =>
    `${server || 'The server'} took too long to answer: it is tried again; if this stays, look at the load of the server and at the proxies before it.`,
  limited: (wait) =>
    `The server takes no more calls from this address for now${about(wait)}. It is tried again by itself; if it happens often, raise API_Enable_Rate_Limiter_Limit_Calls_Default, and behind a proxy set HTTP_FORWARDED_COUNT, else all visitors count as one.`,
  refused: (said) => (Object.hasOwn(known, said) ? known[said]!('') : `The server refused this.${quoted(said)}`),
  'ui-failed': (file) =>
    `The chat window could not be loaded${file ? ` (${file})` : ''}; visits are still reported. The host of the chunks must send Access-Control-Allow-Origin and keep their names, and the page’s Content-Security-Policy must allow it in script-src.`,
  'agent-credentials': () =>
    'userId and authToken are an agent’s login and were given to the visitor’s widget, where every visitor can read them: take them out, the widget needs only the server. If they have been on a public page, revoke that token. Agents’ code uses createAgent of “@tagalong/livechat/agent”.',
}

/** What the server itself answers, by its code. */
const known: Record<string, Say> = {
  'invalid-token': () => 'The server does not know this visitor: register again with identify().',
  'error-invalid-token': () => 'The visitor token is empty: pass the text issued by your own backend, or none at all.',
  'invalid-room': () => 'The server does not know this conversation, or it belongs to another visitor.',
  'room-closed': () => 'This conversation has ended: a new message opens a new one.',
  'invalid-params': (said) =>
    `The server finds the request wrong.${quoted(said)} A server newer or older than this version of Tagalong may be the reason: report it.`,
  'no-agent-online': () => 'No agent is online: have one go online, or turn on Livechat_accept_chats_with_no_agents.',
  'error-omnichannel-is-disabled': () => own.disabled(''),
  'error-invalid-department': () =>
    'The server has no such department: use the id or the name of an enabled department with agents.',
  'error-invalid-email': () => 'The server does not accept this email address.',
  'error-updating-custom-fields': () =>
    'The server could not store a custom field: create it first under Omnichannel → Custom Fields, with the scope Visitor.',
  'invalid-custom-field': () =>
    'The server has no such custom field: create it first under Omnichannel → Custom Fields, with the scope Visitor.',
  'error-contact-channel-blocked': () =>
    'An agent has blocked this contact: it is unblocked in the contact’s card at the agent’s side.',
  'visitor-has-open-rooms': () => 'The server keeps visitors while a conversation of theirs is open: close it first.',
  'error-not-allowed-to-close-conversation': () =>
    'Visitors may not end conversations here: turn on Omnichannel_allow_visitors_to_close_conversation.',
  'message-length-exceeds-character-limit': () =>
    'The message is longer than the server allows: see Livechat_message_character_limit.',
  'error-file-upload-disabled': () =>
    'Files are switched off: turn on FileUpload_Enabled and Livechat_fileupload_enabled.',
  'error-type-not-allowed': () =>
    'Files of this type are not accepted: see FileUpload_MediaTypeWhiteList and FileUpload_MediaTypeBlackList.',
  'error-file-too-large': () => 'The file is larger than FileUpload_MaxFileSize allows.',
  'error-size-not-allowed': () => 'The file is larger than FileUpload_MaxFileSize allows.',
  'error-too-many-requests': (said) => own.limited(said),
}

/** What was wrong and what to do, for a code of ours or of the server; an unknown code is repeated, never hidden. */
export const sentence = (code: string, detail = ''): string => {
  const say = Object.hasOwn(own, code) ? own[code as ErrorCode] : Object.hasOwn(known, code) ? known[code] : undefined
  return say ? say(detail) : `The server refused this (${code}).${quoted(detail)}`
}
