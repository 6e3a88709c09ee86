/**
 * Sessions with a server that answers and sends hostile things, made by chance. Nothing of them runs, asks another host, or becomes an error of the
 * page; and the page goes on. A seed makes the same session again.
 */
import { createHostile, type Hostile } from '../../fuzz/hostile.ts'
import { configBody, frameBodies, messageBody, messageTypes, room, visitor as visitorBody } from '../../fuzz/bodies.ts'
import { startScriptedServer, type Script } from '../../fuzz/scriptedServer.ts'
import { tellForeignHosts, watchAttacks } from '../../fuzz/attacks.ts'
import { createChance, type Chance } from '../../model/chance.ts'
import { expect, test } from '../../engines/test.ts'
import type { EnginePage } from '../../engines/verbs.ts'

const groups = 10
const sessionsPerGroup = 10
const minutes = Number(process.env.TAGALONG_MINUTES ?? 0)
const firstSeed = Number(process.env.TAGALONG_SEED ?? 0)
const roomId = 'room1'

const answerOf = (path: string, chance: Chance, { spoil }: Hostile): object => {
  if (path.endsWith('/livechat/visitor')) return visitorBody('T'.repeat(17))
  if (path.endsWith('/livechat/room')) return room(roomId, true)
  if (path.includes('/livechat/config'))
    return Object(spoil(configBody(chance.odds(0.5) ? roomId : undefined))) as object
  if (path.includes('/messages.history/'))
    return Object(
      spoil({ messages: Array.from({ length: 30 }, (_, n) => messageBody(n, chance.pick(messageTypes))) }),
    ) as object
  return Object(spoil({ message: messageBody(chance.below(99)) })) as object
}

/** The server that this chance makes. */
const hostileScript = (chance: Chance): Script => {
  const hostile = createHostile(chance)
  const streamed = () => ({
    msg: 'changed',
    collection: 'stream-room-messages',
    fields: { eventName: roomId, args: [hostile.spoil(messageBody(100 + chance.below(50)))] },
  })
  return {
    answer: (path) => answerOf(path, chance, hostile),
    frames: () => [...Array.from({ length: 5 }, () => hostile.spoil(chance.pick(frameBodies(roomId)))), streamed()],
  }
}

/** Whatever is on screen is used: the fields are filled, and the form is sent. */
const useWidget = (page: EnginePage) =>
  page.evaluate(async () => {
    const all = <Found extends HTMLElement>(selector: string) =>
      [...document.querySelector('tagalong-widget')!.shadowRoot!.querySelectorAll<Found>(selector)].filter((element) =>
        element.checkVisibility(),
      )
    const [launcher] = all('.launcher')
    // A server may say that there is to be no chat, and then there is none.
    if (!launcher) return
    if (launcher.getAttribute('aria-expanded') !== 'true') launcher.click()
    // Whichever screen it is that the server wants.
    while (!all('.panel .body :is(textarea, form, .screen, .status-screen)').length)
      await new Promise((resolve) => setTimeout(resolve, 20))
    for (const field of all<HTMLInputElement>('form :is(input:not([type=file]), textarea)')) {
      field.value = '2026-01-01'
      field.dispatchEvent(new Event('input', { bubbles: true }))
    }
    all('form button[type=submit]')[0]?.click()
  })

for (let group = 0; group < groups; group++)
  test(`hostile sessions ${firstSeed + group * sessionsPerGroup} to ${firstSeed + (group + 1) * sessionsPerGroup - 1}`, async ({
    visitor: { page, go },
    server,
    site,
  }) => {
    test.setTimeout((minutes + 4) * 60_000)
    const scripted = await startScriptedServer()
    const head = `<script async src="${server.cdn}/tagalong.js" data-server="${scripted.origin}"></script>`
    const attacks = await watchAttacks(page)
    const untilMs = Date.now() + (minutes * 60_000) / groups
    let seed = firstSeed + group * sessionsPerGroup
    for (let n = 0; minutes ? Date.now() < untilMs : n < sessionsPerGroup; n++, seed++) {
      scripted.play(hostileScript(createChance(seed)))
      site.page(`/session-${seed}`, { title: 'Attacked', head, headers: tellForeignHosts })
      // Otherwise the panel comes back by itself, whenever it likes.
      await page.evaluate(() => sessionStorage.clear()).catch(() => undefined)
      await go(`/session-${seed}`)
      await page.waitForFunction(() => !!document.querySelector('tagalong-widget')?.shadowRoot)
      await useWidget(page)
      expect(await attacks.wounds(), `again with: TAGALONG_SEED=${seed} npm run fuzz`).toEqual([])
    }
    if (minutes) console.log(`${seed - firstSeed - group * sessionsPerGroup} hostile sessions: no wound`)
    await scripted.stop()
  })
