import { expect, test } from 'playwright/test'
import { unreasoned } from './casts'

test('a cast that the compiler cannot check needs a comment on its line or above it', () => {
  expect(unreasoned('a.ts', 'const a = b!\nconst c = d as never\nconst e = f as unknown as G\n')).toEqual([
    '1: !',
    '2: as never',
    '3: as unknown as',
  ])
  expect(
    unreasoned(
      'a.ts',
      '// The list is never empty.\nconst a = b!\nconst c = d as never // Only the test calls it so.\n',
    ),
  ).toEqual([])
  expect(unreasoned('a.ts', '/** Of two\n * lines. */\nconst e = f as unknown as G\n')).toEqual([])
})

test('a comment two lines above says nothing about a cast, and other casts need none', () => {
  expect(unreasoned('a.ts', '// Why.\n\nconst a = b!\n')).toEqual(['3: !'])
  expect(unreasoned('a.tsx', 'const a = b as string\nconst c = d as const\nconst e = f satisfies never\n')).toEqual([])
})
