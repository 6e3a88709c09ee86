import { expect, test } from 'playwright/test'
import { strings } from '../strings/en'
import { noteText } from './noteText'

test('who is hidden comes and goes under a general word', () => {
  expect(noteText({ kind: 'joined', name: 'Ana' }, strings)).toBe('Ana joined')
  expect(noteText({ kind: 'joined', name: '' }, strings)).toBe('Support joined')
  expect(noteText({ kind: 'left', name: '' }, strings)).toBe('Support left')
  expect(noteText({ kind: 'transferred', to: '' }, strings)).toBe('The chat was handed over')
})

test('what the server says of a note is said', () => {
  expect(noteText({ kind: 'closed', comment: 'Bye' }, strings)).toBe('Chat ended · Bye')
  expect(noteText({ kind: 'hold', comment: 'One minute' }, strings)).toBe('One minute')
  expect(noteText({ kind: 'resumed' }, strings)).toBe('The chat goes on')
})
