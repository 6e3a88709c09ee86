import { expect, test } from 'playwright/test'
import { readJson } from './json'

const nested = (levels: number) => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels)
const depthOf = (value: unknown): number => (Object(value) === value ? 1 + depthOf(Object(value).a) : 0)

test('half of a surrogate pair, wherever a server puts it, becomes the sign for what cannot be read', () => {
  expect(readJson(String.raw`{"a":"\ud83d","b":["x\udc00y",{"c":"\ud83d\ude00"}]}`)).toEqual({
    a: '\ufffd',
    b: ['x\ufffdy', { c: '😀' }],
  })
})

test('what is nested deeper than anything a server means is left out, and the rest is taken', () => {
  for (const levels of [100, 10_000, 1_000_000])
    expect(depthOf(readJson(nested(levels))) === 64 || readJson(nested(levels)) === undefined, `${levels}`).toBe(true)
  expect(depthOf(readJson(nested(10_000)))).toBe(64)
  expect(depthOf(readJson(nested(60)))).toBe(60)
  expect(structuredClone(readJson(`{"settings":{"a":true},"triggers":[${nested(10_000)}]}`))).toMatchObject({
    settings: { a: true },
  })
})

test('`__proto__` is a name like any other', () => {
  const read = readJson('{"__proto__":{"polluted":"\\ud800"}}')
  expect(Object.hasOwn(read!, '__proto__')).toBe(true)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})

test('what is no object is nothing', () => {
  for (const text of ['', '[]', 'null', '1', '"a"', '{', 'undefined', '<html>']) expect(readJson(text)).toBeUndefined()
})
