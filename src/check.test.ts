import { expect, test } from 'playwright/test'
import { checkOptions } from './check'
import { readDataset } from './options'

const refused = (options: object, others?: string[]) => {
  const said: string[] = []
  checkOptions(options, (detail) => said.push(detail), others)
  return said
}

test('an agent’s login is taken out and named, never repeated, in options and in the tag’s attributes alike', () => {
  const given = { server: 'https://chat.example.com', userId: 'u', authToken: 'secret-word' }
  expect(refused(given)).toEqual(['agent-credentials', 'agent-credentials'])
  expect(given).toEqual({ server: 'https://chat.example.com' })
  const attributes = readDataset({ server: 'https://chat.example.com', userId: 'u', authToken: 'secret-word', cfasync: 'no' })
  expect(refused(attributes, ['server', 'userId', 'authToken', 'cfasync'])).toEqual(['agent-credentials', 'agent-credentials'])
  expect(JSON.stringify(attributes)).not.toContain('secret-word')
})
