/** Everything that reads what a server has sent, each with a body of the kind it reads. */
import { createAddresses } from '../../src/chat/addresses'
import { bodyOf, withoutQuoteLink } from '../../src/chat/talk/incoming/body'
import { createMessageMapper } from '../../src/chat/talk/incoming/messageMapper'
import { decodeTriggers } from '../../src/chat/triggers/decode'
import { isQuick } from '../../src/chat/patterns/isQuick'
import { choicesOf, initialValuesOf, nodesIn } from '../../src/ui/blocks/uikit'
import { inlinesOf } from '../../src/ui/blocks/mrkdwn'
import { cutBody } from '../../src/ui/messages/cutBody'
import { fileName } from '../../src/ui/messages/fileName'
import { linkName } from '../../src/ui/messages/links'
import { safeHref } from '../../src/ui/view/view'
import { decodeVisitor } from '../../src/visitor/register'
import { decodeAnswer } from '../../src/wire/answer'
import { asList, asObject, asText } from '../../src/wire/coerce'
import { decodeConfig, decodeLive } from '../../src/wire/config'
import { decodeFrame, decodeRoomEvent, decodeTyping } from '../../src/wire/frames'
import { readJson } from '../../src/wire/json'
import { decodeMessage } from '../../src/wire/messages'
import { pathSegment } from '../../src/wire/paths'
import type { Chance } from '../model/chance.ts'
import { configBody, frameBodies, messageBody, messageTypes, visitor } from './bodies.ts'
import type { Hostile } from './hostile.ts'

const server = 'https://chat.example.com'
const addresses = createAddresses(server, () => undefined)
const mapMessage = createMessageMapper({
  core: { server, options: () => ({ server }), report() {} },
  addresses,
  bodyOf,
  withoutQuoteLink,
})

const readMessage = (value: unknown): void => {
  const wire = decodeMessage(value)
  const shown = wire && mapMessage(wire, { token: 'T', visitorId: 'v1' })
  if (!shown) return
  // What the chat keeps is told to other tabs, stored, and shown with its time.
  structuredClone(shown)
  JSON.stringify(shown)
  new Date(shown.at + 1).toISOString()
  pathSegment(shown.id)
  cutBody(shown.body, 1)
  for (const block of nodesIn(shown.blocks))
    for (const element of nodesIn(block.elements)) {
      choicesOf(element).forEach(({ url }) => safeHref(url))
      initialValuesOf(element)
    }
  for (const { name, url } of shown.files) fileName(name, url)
}

const readAnswer = (text: string): void => {
  const answer = decodeAnswer(200, text)
  if (answer.kind !== 'ok') return
  const config = asObject(answer.body.config)
  decodeConfig(config, addresses.picture)
  structuredClone(config)
  JSON.stringify(decodeTriggers(asList(config.triggers)))
  addresses.avatar(decodeLive(config).agent?.username ?? '')
  decodeVisitor(answer.body)
  readMessage(answer.body.message)
}

const readFrame = (text: string): void => {
  const frame = decodeFrame(text)
  if (frame?.kind !== 'changed') return
  frame.args.forEach(decodeRoomEvent)
  decodeTyping(frame.args)
  frame.args.forEach(readMessage)
}

const readText = (text: string): void => {
  inlinesOf(text)
  const href = safeHref(addresses.absolute(text))
  if (href) linkName(text, href)
  isQuick(text, text)
  readJson(text)
}

/** Reads one input, made by chance. Whatever it throws is a fault. */
export const readOne = (chance: Chance, { spoil, text }: Hostile): void => {
  const n = chance.below(1000)
  chance.pick<() => void>([
    () => readAnswer(JSON.stringify({ success: true, message: spoil(messageBody(n, chance.pick(messageTypes))) })),
    () => readAnswer(JSON.stringify({ success: true, ...(spoil(configBody('room1')) as object) })),
    () => readAnswer(JSON.stringify(spoil({ success: true, ...visitor('T') }))),
    () => readFrame(JSON.stringify(spoil(chance.pick(frameBodies('room1'))))),
    () =>
      readFrame(
        JSON.stringify(
          spoil({
            msg: 'changed',
            collection: 'stream-room-messages',
            fields: { eventName: 'room1', args: [messageBody(n)] },
          }),
        ),
      ),
    () => readText(text()),
    () => readAnswer(text()),
    () => readAnswer(asText(JSON.stringify(spoil(messageBody(n)))).slice(0, chance.below(400))),
  ])()
}
