import type { Check } from '../options'
import { seeReadme } from './readme'
import { redirectSentence } from './redirected'
import { sentence } from './sentences'

type Sentence = (detail: string) => string
type SentencesByResult = { good: Sentence } & Record<string, Sentence>

const unchecked: Sentence = (because) => `Not checked: ${because}.`
const limited: Sentence = (wait) => sentence('limited', wait)

/** Each check, and a sentence for each of its results. */
const sentences = {
  server: {
    good: (server) => `${server} answers.`,
    unreachable: (server) => sentence('unreachable', server),
    timeout: (server) => sentence('timeout', server),
    moved: redirectSentence,
    unchecked,
    'no-scheme': (given) =>
      `“${given}” has no https:// and so is a folder of this site, where no livechat server answers: write https://${given}${seeReadme('the-server-does-not-answer')}.`,
    'forbidden-by-policy': (server) =>
      `This page’s Content-Security-Policy forbids requests to ${server}: add ${server} and ${server.replace(/^http/, 'ws')} to its connect-src${seeReadme('the-server-does-not-answer')}.`,
    'mixed-content': (server) =>
      `A page on https may not talk to ${server}: give the server a certificate and use its https address${seeReadme('the-server-does-not-answer')}.`,
  },
  api: {
    good: () => 'The answers are those of a livechat server.',
    'not-api': (status) =>
      `Something answers (${status}), but not the livechat API: use the address under which the chat itself opens, folder included, and see that no proxy, login page or firewall answers in its place${seeReadme('the-server-does-not-answer')}.`,
    blocked: (origin) =>
      `The server answers, but ${origin || 'this page'} may not read it: a proxy takes away Access-Control-Allow-Origin, or API_Enable_CORS is off${seeReadme('the-page-may-not-read-the-server')}.`,
    refused: (said) => sentence('refused', said),
    timeout: (server) => sentence('timeout', server),
    unchecked,
  },
  livechat: {
    good: () => 'Livechat is switched on.',
    disabled: () => sentence('disabled'),
    unchecked,
  },
  cors: {
    good: (origin) => `${origin || 'This page'} may write to the server.`,
    'same-origin': (origin) => `${origin || 'This page'} is the server’s own origin and needs no permission.`,
    blocked: (origin) => sentence('blocked', origin),
    'not-needed': (deeds) =>
      `Visits, registration and messages need no permission here: this server reads requests that browsers send without asking first. “Enable CORS” (API_Enable_CORS), with this origin in “CORS Origin” (API_CORS_Origin), is needed only for ${deeds}.`,
    'not-known': (origin) =>
      `${origin || 'This page'} has no permission for requests that browsers ask about first, and nobody knows yet whether this server needs it: Rocket.Chat before 7.8 does. Ask again once a page has been reported.`,
    'not-listed': (origin) =>
      `The server lets other origins write to it, but not ${origin}: add it, in lower case and without a path, to “CORS Origin” (API_CORS_Origin).`,
    'missing-headers': (names) =>
      `The server’s permission leaves out ${names}: a proxy answers in its place or cuts the list short.${names === 'x-visitor-token' ? ' Servers before 3.0 leave it out, too: there no page of another origin may send files.' : ''}`,
    timeout: (server) => sentence('timeout', server),
    unchecked,
  },
  websocket: {
    good: () => 'Messages arrive at once, by websocket.',
    'no-socket': (url) =>
      `No websocket at ${url}: the proxy must pass Upgrade and Connection on, and the page’s Content-Security-Policy must name it in connect-src. Until then the chat asks for news every few seconds.`,
    unchecked,
  },
  limits: {
    good: (calls) =>
      calls
        ? `The limiter takes ${calls} calls of each kind at a time from one address; behind a proxy, HTTP_FORWARDED_COUNT must be set, otherwise all visitors count as one.`
        : 'No call was refused for coming too often.',
    off: () => 'The limiter is switched off.',
    limited,
    unchecked,
  },
  monitor: {
    good: (type) =>
      `The server keeps a visit when the page’s ${type === 'title' ? 'title' : 'address'} changes (Livechat_history_monitor_type: ${type || 'url, by default'}).`,
    'unknown-type': (type) => `Livechat_history_monitor_type is “${type}”: no visit may be kept. Set it to Page URL.`,
    unchecked,
  },
  agents: {
    good: () => 'An agent is online.',
    nobody: () => sentence('no-agents'),
    unchecked,
  },
  storage: {
    good: () => 'This browser keeps visits and conversation over reloads.',
    'memory-only': () =>
      'This browser lets the page store nothing (private window, or site data is blocked): visits and conversation last until the page is left.',
    unchecked,
  },
} satisfies Record<string, SentencesByResult>

export type CheckName = keyof typeof sentences
export const checkNames = Object.keys(sentences) as CheckName[]

/** Results that are no fault. */
const goodResults = new Set(['good', 'off', 'same-origin', 'not-needed'])

/** One line of a diagnosis: the result is `good`, or the code of what is wrong. */
export const checkResult = <N extends CheckName>(
  name: N,
  result: keyof (typeof sentences)[N] & string,
  detail = '',
): Check => {
  const sentenceOf: Record<string, Sentence> = sentences[name]
  // The type of `result` allows only what this check has a sentence for.
  const says = sentenceOf[result]!(detail)
  return { name, ...(goodResults.has(result) ? { ok: true } : { ok: false, code: result }), says }
}
