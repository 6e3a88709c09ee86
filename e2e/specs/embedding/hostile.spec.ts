/**
 * Sessions with a server that answers and sends hostile things, made by chance. Nothing of them runs, asks another host, or becomes an error of the
 * page; and the page goes on. A seed makes the same session again.
 */
import { createHostile, type Hostile } from '../../fuzz/hostile.ts'
import { configBody, frameBodies, messageBody, messageTypes, room, visitor as visitorBody } from '../../fuzz/bodies.ts'
import { watchAttacks } from '../../fuzz/attacks.ts'
import { createChance, type Chance } from '../../model/chance.ts'
import { expect, test, type Page } from '../../test.ts'

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

/** From now on the server is the one this chance makes. */
const attack = async (page: Page, origin: string, chance: Chance) => {
  const hostile = createHostile(chance)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.route(`${origin}/api/**`, async (route) => {
    const body = answerOf(new URL(route.request().url()).pathname, chance, hostile)
    await route.fulfill({
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
      contentType: 'application/json',
      body: JSON.stringify({ ...body, success: true }),
    })
  })
  await page.routeWebSocket(/\/websocket$/, (socket) => {
    const send = (frame: unknown) => socket.send(JSON.stringify(frame) ?? 'null')
    socket.onMessage((text) => {
      const { msg, id } = JSON.parse(String(text)) as { msg: string; id?: string }
      if (msg === 'connect') send({ msg: 'connected', session: 's' })
      if (msg !== 'sub') return
      send({ msg: 'ready', subs: [id] })
      for (let n = 0; n < 5; n++) send(hostile.spoil(chance.pick(frameBodies(roomId))))
      send({
        msg: 'changed',
        collection: 'stream-room-messages',
        fields: { eventName: roomId, args: [hostile.spoil(messageBody(100 + chance.below(50)))] },
      })
    })
  })
}

/** Whatever is on screen is used: fields filled, buttons pressed, but for those that leave. */
const useWidget = async (page: Page) => {
  const root = page.locator('tagalong-widget')
  const launcher = root.locator('.launcher')
  // A server may say that there is to be no chat, and then there is none.
  if (!(await launcher.isVisible())) return
  if ((await launcher.getAttribute('aria-expanded')) !== 'true') await launcher.click()
  await root.locator('.panel').waitFor()
  // Whichever screen it is that the server wants.
  await root.locator('.panel .body :is(textarea, form, .screen, .status-screen)').first().waitFor({ timeout: 20_000 })
  for (const input of await root.locator('form input:visible, form textarea:visible').all())
    await input.fill('2026-01-01', { timeout: 1000 }).catch(() => undefined)
  const submit = root.locator('form button[type=submit]:visible').first()
  if (await submit.isVisible()) await submit.click({ timeout: 1000 }).catch(() => undefined)
}

for (let group = 0; group < groups; group++)
  test(`hostile sessions ${firstSeed + group * sessionsPerGroup} to ${firstSeed + (group + 1) * sessionsPerGroup - 1}`, async ({
    visitor: { page, go },
    server,
  }) => {
    test.setTimeout((minutes + 4) * 60_000)
    const attacks = await watchAttacks(page)
    const untilMs = Date.now() + (minutes * 60_000) / groups
    let seed = firstSeed + group * sessionsPerGroup
    for (let n = 0; minutes ? Date.now() < untilMs : n < sessionsPerGroup; n++, seed++) {
      await attack(page, server.origin, createChance(seed))
      // Otherwise the panel comes back by itself, whenever it likes.
      await page.evaluate(() => sessionStorage.clear()).catch(() => undefined)
      await go(`/session-${seed}`)
      await page.locator('tagalong-widget').waitFor({ state: 'attached' })
      await useWidget(page)
      expect(await attacks.wounds(), `again with: TAGALONG_SEED=${seed} npm run fuzz`).toEqual([])
    }
    if (minutes) console.log(`${seed - firstSeed - group * sessionsPerGroup} hostile sessions: no wound`)
  })
