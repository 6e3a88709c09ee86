import type { ErrorCode } from '../options'
import { blockedSentence } from './blocked'
import { seeReadme } from './readme'

/** Makes the sentence for one code; the detail may be empty. */
type Sentence = (detail: string) => string

const withDetail = (detail: string): string => (detail ? `: ${detail}` : '')
const withServerText = (detail: string): string => (detail ? ` It said: “${detail}”.` : '')

/** By our own codes. */
const ownSentences: Record<ErrorCode | 'agent-credentials' | 'second-script', Sentence> = {
  'no-server': (given) =>
    `Tagalong has no server to talk to${given ? ` (“${given}” is not an http or https address)` : ''}: set data-server="https://chat.example.com" on the script tag, or pass { server }.`,
  'bad-option': (option) =>
    option === 'agent-credentials' || option === 'second-script'
      ? ownSentences[option]('')
      : `An option cannot be used${withDetail(option)}. Its default is used instead: correct it or take it out${seeReadme('an-option-is-wrong')}.`,
  'bad-call': (call) =>
    `This call cannot be made like this${withDetail(call)}. Nothing was done: see the description of its arguments.`,
  'bad-pattern': (why) =>
    `A regular expression set on the server is not used${withDetail(why)}. Write it without a repetition inside or behind another (Omnichannel → Livechat Triggers, Custom Fields).`,
  'too-fast': () =>
    'A script of the page changes the address faster than anybody can read: of such changes only the first and the last are visits.',
  'no-browser': () =>
    'This is no browser: Tagalong does nothing while a page is rendered on a server. Make this call in the browser, or catch this error.',
  destroyed: () => 'This Tagalong has been destroyed and does nothing any more: create a new one.',
  'no-consent': () => 'The visitor has not agreed yet: call consent(true) once they have.',
  disabled: () =>
    `Livechat is switched off on the server, so there is no launcher: an administrator turns on “Omnichannel enabled” (Livechat_enabled)${seeReadme('livechat-is-switched-off')}.`,
  'no-agents': () =>
    `No agent is online: have one go online, or turn on Livechat_accept_chats_with_no_agents${seeReadme('no-agent-is-online')}.`,
  offline: () => 'This device is offline: what must not be lost is kept and leaves when the network returns.',
  unreachable: (server) =>
    `${server || 'The server'} does not answer: check the address, its certificate, and that no firewall or ad blocker stands between${seeReadme('the-server-does-not-answer')}.`,
  blocked: blockedSentence,
  timeout: (server) =>
    `${server || 'The server'} took too long to answer and is tried again: if this stays, look at the load of the server and at the proxies before it${seeReadme('the-server-does-not-answer')}.`,
  limited: (wait) =>
    `The server takes no more calls from this address for now${withDetail(wait)}. It is tried again by itself; if it happens often, raise API_Enable_Rate_Limiter_Limit_Calls_Default, and behind a proxy set HTTP_FORWARDED_COUNT, otherwise all visitors count as one.`,
  refused: (said) => sentenceInside(said)?.('') ?? `The server refused this.${withServerText(said)}`,
  'ui-failed': (file) =>
    `The chat window could not be loaded${file ? ` (${file})` : ''}; visits are still reported. The host of the chunks must send Access-Control-Allow-Origin and keep their names, and the page’s Content-Security-Policy must allow it in script-src${seeReadme('the-chat-cannot-be-loaded')}.`,
  'second-script': () =>
    `The script is on this page twice, and the second does nothing: leave one of the tags out. A theme, a plugin and a tag manager may each have put one there${seeReadme('an-option-is-wrong')}.`,
  'agent-credentials': () =>
    'userId and authToken are an agent’s login and were given to the visitor’s widget, where every visitor can read them: take them out, the widget needs only the server. If they have been on a public page, revoke that token. Agents’ code uses createAgent of “@tagalong/livechat/agent”.',
}

/** By the codes that servers answer with. */
const serverSentences: Record<string, Sentence> = {
  'invalid-token': () => 'The server does not know this visitor: register again with identify().',
  'error-invalid-token': () => 'The visitor token is empty: pass the text issued by your own backend, or none at all.',
  'invalid-room': () => 'The server does not know this conversation, or it belongs to another visitor.',
  'room-closed': () => 'This conversation has ended: a new message opens a new one.',
  'invalid-params': (said) =>
    `The server finds the request wrong.${withServerText(said)} A server newer or older than this version of Tagalong may be the reason: report it.`,
  'no-agent-online': () => ownSentences['no-agents'](''),
  'error-omnichannel-is-disabled': () => ownSentences.disabled(''),
  'error-invalid-department': () =>
    `The server has no such department: use the id or the name of an enabled department with agents${seeReadme('an-option-is-wrong')}.`,
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
  'error-too-many-requests': (said) => ownSentences.limited(said),
}

/** A server may send any text for a code, `constructor` for example: only the table's own entries count. */
const serverSentenceOf = (code: string): Sentence | undefined =>
  Object.hasOwn(serverSentences, code) ? serverSentences[code] : undefined

/** A refusal may come as “department: The department is invalid [error-invalid-department]”: the code is somewhere in it. */
const sentenceInside = (text: string): Sentence | undefined =>
  text
    .split(/[^\w-]+/)
    .map(serverSentenceOf)
    .find((found) => found)

/** What was wrong and what to do, for a code of ours or of the server. An unknown code is repeated, never hidden. */
export const sentence = (code: string, detail = ''): string => {
  const make = Object.hasOwn(ownSentences, code) ? ownSentences[code as ErrorCode] : serverSentenceOf(code)
  return make ? make(detail) : `The server refused this (${code}).${withServerText(detail)}`
}
