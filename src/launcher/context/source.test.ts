import { expect, test } from 'playwright/test'
import { createRedact } from '../../tracking/redact'
import { siteBefore, sourceOf, takeCampaign } from './source'

const redactBy = (options: Parameters<typeof createRedact>[0] = {}) => createRedact(options, () => {})
const site = (referrer: string, options?: Parameters<typeof createRedact>[0]) =>
  siteBefore(referrer, 'https://shop.example', redactBy(options))

test('the site before is named by host and path, without what it was asked for', () => {
  expect(site('https://www.google.com/')).toBe('google.com')
  expect(site('https://news.example/spring/shoes?q=ada@example.com#top')).toBe('news.example/spring/shoes')
  expect(site('android-app://com.example.mail/')).toBe('com.example.mail')
})

test('this very site is no site before, nor is what is no address', () => {
  for (const referrer of ['', 'https://shop.example/', 'https://shop.example/cart', 'about', 'https://'])
    expect(site(referrer), referrer).toBe('')
})

test('the site before is redacted as every address is', () => {
  expect(site('https://ada:secret@mail.example/in')).toBe('mail.example/in')
  expect(site('https://mail.example/in;token=abc')).toBe('mail.example/in')
  const invitation = 'https://mail.example/to/ada@example.com/123456789'
  expect(site(invitation)).toBe('mail.example/to/ada@example.com/123456789')
  expect(site(invitation, { redact: 'strict' })).toBe('mail.example/to/*/*')
  expect(site(invitation, { sanitizeUrl: () => null })).toBe('')
  expect(site(invitation, { sanitizeUrl: (href) => href.replace(/\/to.*/, '') })).toBe('mail.example')
})

test('the parameters of a campaign are taken out of the address, and every other stays as it is', () => {
  expect(takeCampaign('https://shop.example/shoes?size=42&utm_source=news&utm_campaign=spring+sale%21#red')).toEqual({
    href: 'https://shop.example/shoes?size=42#red',
    campaign: 'news, spring sale!',
  })
  expect(takeCampaign('/?mtm_campaign=spring&pk_medium=mail')).toEqual({ href: '/', campaign: 'spring, mail' })
  expect(takeCampaign('/?utm_source=news&utm_medium=news&campaign=%E0')).toEqual({ href: '/', campaign: 'news, %E0' })
  for (const href of ['/shoes?q=a%26b=c&&x', '/#/?utm_source=x', '/?campaigns=x&no_utm_source=y', ''])
    expect(takeCampaign(href).campaign, href).toBe('')
  expect(takeCampaign('/shoes?q=a%26b').href).toBe('/shoes?q=a%26b')
})

test('a campaign says no more than the redacted address does', () => {
  const redact = redactBy({ redact: 'strict' })
  const address = redact('https://shop.example/?utm_campaign=spring&utm_content=ada@example.com&utm_token=abc')
  expect(takeCampaign(address ?? '').campaign).toBe('spring, *')
})

test('what is not known is not said', () => {
  expect(sourceOf('google.com', 'spring')).toBe('from google.com, campaign spring')
  expect(sourceOf('google.com', '')).toBe('from google.com')
  expect(sourceOf('', 'spring')).toBe('campaign spring')
  expect(sourceOf('', '')).toBeUndefined()
})
