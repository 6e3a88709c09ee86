import { expect, test } from 'playwright/test'
import type { Message } from '../../chat/contracts'
import { strings } from '../strings/en'
import { plainText } from './plainText'

const written = (message: Partial<Message>): Message => ({
  id: 'm',
  at: 0,
  from: 'agent',
  author: { username: 'amira', name: 'Amira' },
  state: 'sent',
  text: '',
  body: [],
  files: [],
  quotes: [],
  edited: false,
  deleted: false,
  ...message,
})

test('a message is read aloud without the marks it was written with', () => {
  const body: Message['body'] = [
    {
      kind: 'paragraph',
      inlines: [
        { kind: 'text', text: 'It is ' },
        { kind: 'bold', inlines: [{ kind: 'italic', inlines: [{ kind: 'text', text: 'ready' }] }] },
        { kind: 'break' },
        { kind: 'link', href: 'https://shop.example/', inlines: [{ kind: 'text', text: 'here' }] },
      ],
    },
    { kind: 'list', ordered: false, items: [[{ kind: 'text', text: 'mug' }], [{ kind: 'code', text: 'A-1' }]] },
    { kind: 'tasks', items: [{ done: true, inlines: [{ kind: 'text', text: 'paid' }] }] },
  ]
  expect(plainText(written({ text: 'It is *_ready_*', body }), strings)).toBe('It is ready\nhere\nmug\nA-1\npaid')
  expect(plainText(written({ deleted: true, body }), strings)).toBe('This message was deleted.')
  const files = [{ kind: 'image' as const, name: 'mug.png', url: '' }]
  expect(plainText(written({ files }), strings)).toBe('Image: mug.png')
})
