import { expect, test } from 'playwright/test'
import { createFakeDocument, type FakeDocument } from '../../e2e/fakes/document'
import { createTitleBadge } from '../chat/talk/titleBadge'
import { createTitle } from './title'

let stage: FakeDocument
test.afterEach(() => stage.leave())
const guard = (run: () => void) => run

test('before the running task the title was what it was, whatever that task has written', async () => {
  stage = createFakeDocument({ title: 'Old' })
  const title = createTitle(guard)
  title.listen(() => {})
  const seen: string[] = []
  await stage.task(() => {
    seen.push(title.before())
    stage.window.retitle('New')
    seen.push(title.read(), title.before())
  })
  await stage.task(() => seen.push(title.before()))
  expect(seen).toEqual(['Old', 'New', 'Old', 'New'])
})

test('a listener hears of each change once, with what it was before, and of none once it rests', async () => {
  stage = createFakeDocument({ title: 'One' })
  const title = createTitle(guard)
  const heard: string[] = []
  title.listen((was) => heard.push(`${was} → ${title.read()}`))
  await stage.task(() => stage.window.retitle('Two'))
  await stage.task(() => stage.window.retitle('Two'))
  await stage.task(() => {
    stage.window.retitle('Three')
    stage.window.retitle('Four')
  })
  title.listen()
  await stage.task(() => stage.window.retitle('Five'))
  expect(heard).toEqual(['One → Two', 'Two → Four'])
})

test('the unread badge is no part of the title, comes back when the page writes another, and goes', async () => {
  stage = createFakeDocument({ title: 'Shoes' })
  const title = createTitle(guard)
  const badge = createTitleBadge({ title, guard: guard as never })
  badge(2)
  expect([document.title, title.read()]).toEqual(['(2) Shoes', 'Shoes'])
  const heard: string[] = []
  title.listen((was) => heard.push(was))
  await stage.task(() => stage.window.retitle('(2) Shoes'))
  expect([title.read(), heard]).toEqual(['Shoes', []])
  await stage.task(() => stage.window.retitle('Boots'))
  expect([document.title, title.read(), heard]).toEqual(['(2) Boots', 'Boots', ['Shoes']])
  badge(0)
  expect([document.title, title.read()]).toEqual(['Boots', 'Boots'])
})
