import { expect, test } from 'playwright/test'
import { linkName } from './links'

test('a label that is another address gives way to the address', () => {
  for (const [label, href] of [
    ['https://bank.example', 'https://evil.example/'],
    ['see https://bank.example/login now', 'https://evil.example/'],
    ['HTTPS://BANK.EXAMPLE', 'https://evil.example/'],
    ['www.bank.example', 'https://evil.example/'],
    ['ht\u200btps://bank.example', 'https://evil.example/'],
    ['ｈｔｔｐｓ：//bank.example', 'https://evil.example/'],
    ['(https://bank.example)', 'https://evil.example/'],
    ['https://bank.example@evil.example/', 'https://other.example/'],
    ['https://', 'https://evil.example/'],
    ['ana@bank.example', 'mailto:eve@evil.example'],
    ['+49 30 123456', 'tel:+4930999999'],
  ] as const)
    expect(linkName(label, href), label).toBe('address')
})

test('what may be a host, or the name of a file, is followed by the host', () => {
  for (const label of ['bank.example', 'bank.example/login', 'Invoice.pdf'])
    expect(linkName(label, 'https://evil.example/'), label).toBe('own-and-host')
})

test('every other label stays', () => {
  for (const [label, href] of [
    ['our shop', 'https://shop.example/'],
    ['https://shop.example/cart', 'https://shop.example/cart?from=chat'],
    ['www.shop.example', 'https://shop.example/'],
    ['shop.example', 'https://www.shop.example/'],
    ['https://shop.example.', 'https://shop.example/'],
    ['version 1.2', 'https://shop.example/'],
    ['write to us', 'mailto:ana@shop.example'],
    ['Ana@Shop.example', 'mailto:ana@shop.example?subject=Hello'],
    ['+49 30 123456', 'tel:+4930123456'],
    ['call 24/7', 'tel:+4930123456'],
    ['', 'https://shop.example/'],
  ] as const)
    expect(linkName(label, href), label).toBe('own')
})
