import { expect, test } from 'playwright/test'
import { createSessionStorage } from '../../e2e/model/browser/storage'
import { createJournal } from '../browser/journal'
import { createMemory } from '../browser/memory'
import type { Store } from '../browser/ports'
import type { FirstVisitor } from './contracts'
import { createVisitorStore } from './token'

/** Pages of one browser; `clear` empties its database alone. */
const createPages = () => {
  const local = createSessionStorage()
  const values = new Map<string, unknown>()
  const { update } = createMemory(values)
  return {
    // The database stores what it is given, and gives it back.
    page: (first?: FirstVisitor) =>
      createVisitorStore(
        { update: update as Store['update'] },
        createJournal('journal/', () => local),
        first,
      ),
    local,
    clear: () => values.clear(),
  }
}

test('a token that a page needed at once becomes the one of the database', async () => {
  const { page } = createPages()
  const { token } = page().atOnce()
  expect(page().atOnce().token).toBe(token)
  expect((await page().state()).token).toBe(token)
})

test('who was here before us is asked for once, and told which token a page has reported under already', async () => {
  const { page } = createPages()
  const asked: unknown[] = []
  const first: FirstVisitor = (proposed) => {
    asked.push(proposed)
    return { token: 'known before', roomId: 'room1' }
  }
  expect(page(first).atOnce().token).toBe('known before')
  expect(await page(first).state()).toEqual({ token: 'known before', roomId: 'room1' })
  await page(first).state()
  expect(asked).toEqual([undefined, 'known before'])
})

test('the copy follows the database, with the open room', async () => {
  const { page } = createPages()
  const first = page()
  const { token } = await first.state()
  await first.change((old) => ({ ...old, roomId: 'room1' }))
  expect(page().atOnce()).toEqual({ token, roomId: 'room1' })
})

test('the copy of what the database had never becomes a token again', async () => {
  const { page, clear } = createPages()
  const { token } = await page().state()
  clear()
  expect((await page().state()).token).not.toBe(token)
})

test('nothing is left of a visitor who is forgotten', async () => {
  const { page, local } = createPages()
  const visitor = page()
  await visitor.state()
  visitor.forget()
  expect(Object.keys(local)).toEqual([])
})

test('nonsense in the copy is as if there were none', () => {
  for (const nonsense of ['true', '"text"', '[]', '{"token":5}', '{']) {
    const { page, local } = createPages()
    local.setItem('journal/visitor', nonsense)
    expect(page().atOnce().token, nonsense).toMatch(/^[0-9a-f]{64}$/)
  }
})
