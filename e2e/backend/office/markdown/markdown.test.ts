import { createRequire } from 'node:module'
import { expect, test } from 'playwright/test'
import { parseMarkdown } from './index.ts'

const { parse } = createRequire(import.meta.url)('@rocket.chat/message-parser') as { parse: (text: string) => unknown }

const texts = [
  'Xup?',
  '*b* and **bb** _i_ ~s~ ~~ss~~ `c`',
  'a *b _i_* c',
  '_*both*_',
  'hi\nthere',
  'a\n\nb',
  '> q1\n> *q2*\nafter',
  '>q',
  '- one\n- *two*',
  '* one\n* two',
  '1. one\n2. two\ntext',
  '- [ ] todo\n- [x] done',
  '- a\n\n- b',
  '```js\nconst a = 1\n\nb\n```',
  '```\nx\n```',
  '# Title\n## Sub\ntext',
  'see https://www.rocket.chat/x?y=1 now',
  '[label *b*](https://www.rocket.chat) x',
  '[x](javascript:alert(1))',
  '![alt](https://www.rocket.chat/i.png)',
  '<https://www.rocket.chat|label>',
  'http://localhost:3000/a',
  'www.rocket.chat today',
  '[ ](http://localhost/live/r?msg=m) text',
  '@ana hello #general',
  'hello @all',
  ':smile: hi',
  'hey 😀 you',
  '😀',
  '😀😀 :+1:',
  '👍🏽',
  '*',
  '`',
  '*a',
  '~strike',
  'snake_case_name',
  'x*bold*y',
  '`a*b*`',
  '\\*x\\*',
  '<b>x</b> & "q"',
]

for (const text of texts) {
  test(`${JSON.stringify(text)} becomes the tree Rocket.Chat's own parser makes of it`, () => {
    expect(parseMarkdown(text)).toEqual(JSON.parse(JSON.stringify(parse(text))))
  })
}
