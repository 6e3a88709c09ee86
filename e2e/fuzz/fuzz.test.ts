/**
 * What a server sends, spoilt by chance, through every decoder and through whole conversations. Nothing may throw, and afterwards everything must
 * work. A seed makes the same input again; `npm run fuzz` goes on for as long as TAGALONG_MINUTES says.
 */
import { expect, test } from 'playwright/test'
import { createChance } from '../model/chance.ts'
import { converse } from './conversation.ts'
import { readOne } from './decoders.ts'
import { createHostile } from './hostile.ts'

const minutes = Number(process.env.TAGALONG_MINUTES ?? 0)
const firstSeed = Number(process.env.TAGALONG_SEED ?? 0)
const decoded = 160_000
const sessions = 42

const again = (seed: number) => `again with: TAGALONG_SEED=${seed} npm run fuzz`

/** Runs with one seed after the other: so many, or for as long as was asked for. Returns how many. */
const forSeeds = async (count: number, run: (seed: number) => unknown): Promise<number> => {
  const untilMs = Date.now() + minutes * 60_000
  let seed = firstSeed
  for (; minutes ? Date.now() < untilMs : seed < firstSeed + count; seed++) await run(seed)
  return seed - firstSeed
}

const decode = (count: number) =>
  forSeeds(count, (seed) => {
    const chance = createChance(seed)
    try {
      readOne(chance, createHostile(chance))
    } catch (error) {
      throw new Error(`${again(seed)}: ${(error as Error).stack}`, { cause: error })
    }
  })

const talk = async (count: number) => {
  let inputs = 0
  const talks = await forSeeds(count, async (seed) => {
    const result = await converse(createChance(seed))
    inputs += result.inputs
    expect(result.complaints, again(seed)).toEqual([])
  })
  return `${talks} conversations of ${inputs} hostile bodies and frames`
}

test('no decoder throws, whatever a server sends, and what it makes of that can be kept and shown', async () => {
  test.skip(minutes > 0, 'the long run does the same')
  expect(await decode(3000)).toBe(3000)
})

test('a conversation with a server that means harm goes on when it means well again', async () => {
  test.skip(minutes > 0, 'the long run does the same')
  test.setTimeout(240_000)
  await talk(1)
})

test(`${decoded} bodies and frames through the decoders`, { tag: '@slow' }, async () => {
  test.setTimeout((minutes + 10) * 60_000)
  console.log(`${await decode(decoded)} bodies and frames through the decoders: none has thrown`)
})

test(`${sessions} hostile conversations`, { tag: '@slow' }, async () => {
  test.setTimeout((minutes + 10) * 60_000)
  console.log(`${await talk(sessions)}: nothing was thrown, and each went on`)
})
