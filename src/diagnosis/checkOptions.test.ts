import { expect, test } from 'playwright/test'
import { checkOptions } from './checkOptions'
import { readDataset } from '../options'
import { sentence } from './sentences'

const login = sentence('agent-credentials', '')
const refused = (options: object, others?: string[]) => {
  const said: string[] = []
  checkOptions(options, (_code, says) => said.push(says), others)
  return said
}

test('a pattern of the tag that is none is named, and the others still hold', () => {
  const given = readDataset({ ignore: '/(/ /admin /^a/' })
  expect(refused(given)).toEqual([sentence('bad-option', 'ignore: /(/ is no regular expression, and hides no page')])
  expect(given).toEqual({ ignore: ['/(/', '/admin', /^a/] })
})

test('an agent’s login is taken out and named, never repeated, in options and in the tag’s attributes alike', () => {
  const given = { server: 'https://chat.example.com', userId: 'u', authToken: 'secret-word' }
  expect(refused(given)).toEqual([login, login])
  expect(given).toEqual({ server: 'https://chat.example.com' })
  const attributes = readDataset({
    server: 'https://chat.example.com',
    userId: 'u',
    authToken: 'secret-word',
    cfasync: 'no',
  })
  expect(refused(attributes, ['server', 'userId', 'authToken', 'cfasync'])).toEqual([login, login])
  expect(JSON.stringify(attributes)).not.toContain('secret-word')
})
