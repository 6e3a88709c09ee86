import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'
import { parseSync } from 'vite'
import { pathological, superlinear, type Pathological } from '../e2e/fakes/effort'
import { readAgentServer } from './agent/server'
import { decodeVisit } from './agent/decode'
import { createAddresses } from './chat/addresses'
import { bodyOf, withoutQuoteLink } from './chat/talk/incoming/body'
import { createMessageMapper } from './chat/talk/incoming/messageMapper'
import { jsonLine, printable, readServerArgument } from './cli/terminal'
import { decodeAnswer } from './wire/answer'
import { createRedact } from './tracking/redact'
import { withoutSecrets } from './tracking/secrets'
import { readDataset, readServer } from './options'
import { readTexts } from './options'
import { choicesOf, initialValuesOf } from './ui/blocks/uikit'
import { inlinesOf } from './ui/blocks/mrkdwn'
import { failureText } from './ui/messages/failureText'
import { fill } from './ui/view/format'
import { safeHref } from './ui/view/view'
import { decodeConfig } from './wire/config'
import { isEmail } from './wire/email'
import { errorCode, limitWaitMs } from './wire/errors'
import { decodeFrame } from './wire/frames'
import { decodeMessage } from './wire/messages'

const server = 'https://chat.example.com'
const addresses = createAddresses(server, () => undefined)
const { absolute } = addresses
const mapMessage = createMessageMapper({
  core: { server, options: () => ({ server }), report() {} },
  addresses,
  bodyOf,
  withoutQuoteLink,
})
const redact = createRedact({ ignore: ['/admin'] }, () => {})
const mapped = (message: object) => {
  const decoded = decodeMessage({
    _id: 'm',
    rid: 'r',
    ts: '2026-01-01T00:00:00Z',
    u: { _id: 'u', username: 'ana' },
    ...message,
  })
  return decoded && mapMessage(decoded, { token: 'secret' })
}
/** As many as the text has characters, divided by what one of them takes as JSON. */
const many = <T>(text: string, bytes: number, make: (index: number) => T): T[] =>
  Array.from({ length: text.length / bytes }, (_, index) => make(index))

/** Everything that reads a text which a server, a page, a store or another visitor has written. */
const readers: Record<string, (text: string) => unknown> = {
  'the wait a limiter names': limitWaitMs,
  'the code of a refusal': (error) => errorCode({ error }),
  'an answer': (error) => decodeAnswer(429, JSON.stringify({ success: false, error })),
  'an answer that is no JSON': (text) => decodeAnswer(200, text),
  'a frame': (text) => decodeFrame(JSON.stringify({ msg: 'nosub', id: text, error: { error: text } })),
  'the options of a field': (options) =>
    decodeConfig({ customFields: [{ _id: 'a', type: 'select', options, regexp: options }] }, absolute),
  'a message without md': (text) => bodyOf(text, undefined, absolute),
  'a message in a code fence': (text) => bodyOf('```' + text + '```', undefined, absolute),
  'a message with md': (value) =>
    bodyOf(
      '',
      [
        {
          type: 'PARAGRAPH',
          value: [
            { type: 'PLAIN_TEXT', value },
            { type: 'LINK', value: { src: { value }, label: { type: 'PLAIN_TEXT', value } } },
            { type: 'EMOJI', shortCode: value },
          ],
        },
      ],
      absolute,
    ),
  'a message that quotes': withoutQuoteLink,
  'a message with an attachment': (text) =>
    mapped({
      msg: text,
      attachments: [
        { text, title: text },
        { image_url: text, title: text },
      ],
      files: [{ _id: text, name: text }],
    }),
  'a message of many attachments and files': (text) =>
    mapped({
      attachments: many(text, 20, (n) => ({ image_url: `/file-upload/${n}/a` })),
      files: many(text, 20, (n) => ({ _id: `f${n}` })),
    }),
  'the text of a block': inlinesOf,
  'the choices of a block': (text) => [
    choicesOf({ options: [{ text, value: text, url: text }] }),
    initialValuesOf({ initialValue: text }),
  ],
  'a link': absolute,
  'a link that is safe to click': safeHref,
  'words to fill in': (text) => fill(text, { n: 1 }),
  'a refusal to be shown': (text) => failureText({ code: text, says: text }, {} as never),
  'an e-mail address': isEmail,
  'an e-mail address that has begun well': (text) => isEmail(`a@${text}`),
  'the address of a page': (text) => withoutSecrets(`https://shop.example/${text}`),
  'the address of a page with a query': (text) => redact(`https://shop.example/?${text}`),
  'an address that is none': redact,
  'the address of a server': (text) => readServer(`${server}/${text}`, server),
  'a tag’s ignored pages': (ignore) => {
    try {
      readDataset({ ignore })
    } catch {}
  },
  'a tag’s offset': (offset) => readTexts({ offset } as never),
  'an address given to an agent': readAgentServer,
  'an address given to the command': (text) => {
    try {
      readServerArgument(text)
    } catch {}
  },
  'a visit shown to an agent': (text) =>
    decodeVisit({ _id: 'v', ts: 1, navigation: { page: { title: text, location: { href: text } } } }),
  'a line of the command': (text) => printable(text) + jsonLine({ text }),
}

for (const [what, read] of Object.entries(readers))
  test(`reading ${what} takes no longer than the text is long`, () => {
    expect(superlinear(read)).toBeUndefined()
  })

interface Pattern {
  pattern: string
  flags: string
}

const patternsIn = (file: string): Pattern[] => {
  const found: Pattern[] = []
  const search = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { regex } = node as { regex?: Pattern }
    if (regex) found.push(regex)
    else Object.values(node).forEach(search)
  }
  search(parseSync(file, readFileSync(file, 'utf8')).program)
  return found
}

/** Texts made of what a pattern itself looks for, so that a pattern for which nobody has thought of a line is tried as well. */
const ownTexts = (pattern: string): Pathological[] => {
  const example = pattern
    .replaceAll(/\(\?[:=!]|\{[\d,]+\}|\\b/g, '')
    .replaceAll(/\[\^(?:\\.|[^\]\\])*\]|\\[wDS]/g, 'a')
    .replaceAll(/\[((?:\\.|[^\]\\]))(?:\\.|[^\]\\])*\]/g, '$1')
    .replaceAll('\\s', ' ')
    .replaceAll('\\n', '\n')
    .replaceAll('\\d', '1')
    .replaceAll(/(?<!\\)[()^$*+?]/g, '')
  const texts = example.split(/(?<!\\)\|/).map((text) => text.replaceAll('\\', ''))
  return [...new Set(texts)].flatMap((text) =>
    Array.from(text).flatMap((_, index): Pathological[] => {
      const beginning = text.slice(0, index + 1)
      return [
        ['', beginning, ''],
        ['', beginning, '\n\0'],
        [beginning, text.slice(index), '\n\0'],
      ]
    }),
  )
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|\.d\.|^build\//.test(file))
  .map((file) => join('src', file))
  .sort()

for (const file of sources) {
  const patterns = patternsIn(file)
  if (patterns.length)
    test(`the patterns of ${file} are linear`, () => {
      for (const { pattern, flags } of patterns) {
        const everywhere = new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`)
        const pieces = [...pathological, ...ownTexts(pattern)]
        expect(
          superlinear((text) => text.replace(everywhere, ''), pieces),
          `/${pattern}/${flags}`,
        ).toBeUndefined()
      }
    })
}

test('work that grows with the square of a text, or has no end, is noticed', { tag: '@slow' }, () => {
  expect(superlinear((text) => / +$/.test(text))).toContain('times the work')
  expect(superlinear((text) => /^(a+)+$/.test(text), [['', 'a', '!']], 500)).toContain('without an end')
})
