/** The corpus: a line for each case, `what comes` and after two spaces `what is kept`; a line alone is kept to the letter. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'playwright/test'
import { createRedact, redactTitle } from './redact'

const shop = 'https://shop.example'
const linesOf = (section: string) => {
  const text = readFileSync(new URL('./secrets.txt', import.meta.url), 'utf8')
  const part = text.split(/^# /m).find((one) => one.startsWith(`${section}\n`)) ?? ''
  return part.split('\n').slice(1).filter(Boolean)
}
const redact = createRedact({}, () => {})

for (const name of linesOf('names of secrets'))
  test(`nothing is kept of a parameter ${name}, in a query, a fragment, an address inside the address`, () => {
    const kept = (path: string) => redact(shop + path)?.replace(shop, '')
    const encoded = encodeURIComponent(name)
    for (const written of [name, encoded, name.toUpperCase()]) {
      expect(kept(`/a?${written}=S3cr3t&b=1#c`)).toBe('/a?b=1#c')
      expect(kept(`/a?b=1&${written}=S3cr3t`)).toBe('/a?b=1')
      expect(kept(`/a#${written}=S3cr3t`)).toBe('/a')
      expect(kept(`/a;${written}=S3cr3t/b`)).toBe('/a/b')
    }
    expect(kept(`/a?next=${encodeURIComponent(`/b?${encoded}=S3cr3t`)}&c=1`)).toBe('/a?c=1')
    expect(kept(`/a#{"${name}":"S3cr3t"}`)).toBe('/a')
  })

for (const line of linesOf('addresses')) {
  const [comes = '', kept = comes] = line.split('  ')
  test(`of ${comes} is kept ${kept === comes ? 'all' : kept}`, () => {
    const whole = (text: string) => (text.includes('://') && !text.startsWith('/') ? text : shop + text)
    expect(redact(whole(comes))).toBe(whole(kept))
  })
}

const strict = { redact: 'strict' } as const
for (const line of linesOf("what redact: 'strict' takes as well")) {
  const [comes = '', kept = comes] = line.split('  ')
  test(`of ${comes} redact: 'strict' keeps ${kept === comes ? 'all' : kept}`, () => {
    expect(createRedact(strict, () => {})(shop + comes)).toBe(shop + kept)
    expect(redact(shop + comes)).toBe(shop + comes)
    expect([redactTitle(strict, `Shop – ${comes}`), redactTitle({}, comes)]).toEqual([`Shop – ${kept}`, comes])
  })
}

test('redact: strict leaves the host its name', () => {
  const host = 'https://d111111abcdef8g9h0i1j2k3.cdn.example'
  expect(createRedact(strict, () => {})(`${host}/Zk3vQ9xT7bLm2NcR8wYp5HsD`)).toBe(`${host}/*`)
})

test('what the host ignores is not reported, and its last word counts', () => {
  const said: string[] = []
  const redact = createRedact(
    {
      ignore: ['/admin', /secret/g],
      sanitizeUrl: (href) => (href.includes('throw') ? JSON.parse('') : href.includes('hide') ? null : `${href}!`),
    },
    (_code, says) => said.push(says),
  )
  expect(redact('https://shop.example/admin/users')).toBeUndefined()
  expect(redact('https://shop.example/a?secret')).toBeUndefined()
  expect(redact('https://shop.example/b?secret')).toBeUndefined()
  expect(redact('https://shop.example/hide')).toBeUndefined()
  expect(redact('https://shop.example/throw')).toBeUndefined()
  expect(said).toHaveLength(1)
  expect(redact('https://shop.example/page?token=1')).toBe('https://shop.example/page!')
})
