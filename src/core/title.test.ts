import { expect, test } from 'playwright/test'
import { createFakeDocument, type FakeDocument } from '../../e2e/fakes/document'
import { createBadge } from './badge'
import { createTitle } from './title'

let fake: FakeDocument
test.afterEach(() => fake.leave())
const guard = (run: () => void) => run

test('before the running task the title was what it was, whatever that task has written', async () => {
  fake = createFakeDocument({ title: 'Old' })
  const title = createTitle(guard)
  title.listen(() => {})
  const seen: string[] = []
  await fake.task(() => {
    seen.push(title.before())
    fake.window.retitle('New')
    seen.push(title.read(), title.before())
  })
  await fake.task(() => seen.push(title.before()))
  expect(seen).toEqual(['Old', 'New', 'Old', 'New'])
})

test('a listener hears of each change once, with what it was before, and of none once it rests', async () => {
  fake = createFakeDocument({ title: 'One' })
  const title = createTitle(guard)
  const heard: string[] = []
  title.listen((was) => heard.push(`${was} → ${title.read()}`))
  await fake.task(() => fake.window.retitle('Two'))
  await fake.task(() => fake.window.retitle('Two'))
  await fake.task(() => {
    fake.window.retitle('Three')
    fake.window.retitle('Four')
  })
  title.listen()
  await fake.task(() => fake.window.retitle('Five'))
  expect(heard).toEqual(['One → Two', 'Two → Four'])
})

test('the unread badge is no part of the title, comes back when the page writes another, and goes', async () => {
  fake = createFakeDocument({ title: 'Shoes' })
  const title = createTitle(guard)
  const badge = createBadge({ title, guard: guard as never })
  badge(2)
  expect([document.title, title.read()]).toEqual(['(2) Shoes', 'Shoes'])
  const heard: string[] = []
  title.listen((was) => heard.push(was))
  await fake.task(() => fake.window.retitle('(2) Shoes'))
  expect([title.read(), heard]).toEqual(['Shoes', []])
  await fake.task(() => fake.window.retitle('Boots'))
  expect([document.title, title.read(), heard]).toEqual(['(2) Boots', 'Boots', ['Shoes']])
  badge(0)
  expect([document.title, title.read()]).toEqual(['Boots', 'Boots'])
})
