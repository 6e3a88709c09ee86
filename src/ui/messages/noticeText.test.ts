import { expect, test } from 'playwright/test'
import { strings } from '../strings/en'
import { noticeText } from './noticeText'

test('who is hidden comes and goes under a general word', () => {
  expect(noticeText({ kind: 'joined', name: 'Ana' }, strings)).toBe('Ana joined')
  expect(noticeText({ kind: 'joined', name: '' }, strings)).toBe('Support joined')
  expect(noticeText({ kind: 'left', name: '' }, strings)).toBe('Support left')
  expect(noticeText({ kind: 'transferred', to: '' }, strings)).toBe('The chat was handed over')
})

test('what the server says of a note is said', () => {
  expect(noticeText({ kind: 'closed', comment: 'Bye' }, strings)).toBe('Chat ended · Bye')
  expect(noticeText({ kind: 'hold', comment: 'One minute' }, strings)).toBe('One minute')
  expect(noticeText({ kind: 'resumed' }, strings)).toBe('The chat goes on')
})
