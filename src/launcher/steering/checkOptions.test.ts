import { expect, test } from 'playwright/test'
import { checkOptions } from './checkOptions'
import { readDataset } from '../../options'

const login = 'agent-credentials'
const refused = (options: object, others?: string[]) => {
  const said: string[] = []
  checkOptions(options, (detail) => said.push(detail), others)
  return said
}

test('a pattern of the tag that is none is named, and the others still hold', () => {
  const given = readDataset({ ignore: '/(/ /admin /^a/' })
  expect(refused(given)).toEqual(['ignore: /(/ is no regular expression, and hides no page'])
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

test('a typing error in an attribute is told with the attribute that was meant, other scripts’ attributes are not', () => {
  const attributes = readDataset({ server: '/', lanuage: 'de', cfasync: 'false', turboTrack: 'reload', zindex: '9' })
  expect(refused(attributes, ['server', 'lanuage', 'cfasync', 'turboTrack', 'zindex'])).toEqual([
    expect.stringContaining('data-lanuage is not known, did you mean data-language?'),
    expect.stringContaining('data-zindex is not known, did you mean data-z-index?'),
  ])
  expect(refused({ server: '/', onOpen: 1, sonud: true })).toEqual([
    expect.stringContaining('onOpen is not known'),
    expect.stringContaining('sonud is not known, did you mean sound?'),
  ])
})

test('a language that there are no words in is named with those there are', () => {
  const said: string[] = []
  const options = { server: '/', language: 'tlh' }
  const check = (given: object) => checkOptions(given, (detail) => said.push(detail), [], ['en', 'de', 'pt-BR'])
  check(options)
  expect(said).toEqual([expect.stringContaining('language “tlh” is none of en, de, pt-BR')])
  expect(options).toEqual({ server: '/' })
  check({ server: '/', language: 'pt' })
  check({ server: '/', language: 'de-AT' })
  expect(said).toHaveLength(1)
})

test('a journey for agents is read from two attributes, and what cannot be used of it is told in one sentence', () => {
  const given = readDataset({ contextField: 'journey', contextPages: '5' })
  expect(refused(given)).toEqual([])
  expect(given).toEqual({ context: { field: 'journey', pages: 5 } })
  for (const context of [
    {},
    { field: '' },
    { field: 7 },
    'journey',
    true,
    { field: 'x', pages: 0 },
    { field: 'x', pages: 51 },
  ]) {
    const options = { context }
    expect(refused(options), JSON.stringify(context)).toEqual([
      'context takes { field, pages }: the id of a custom field of the server, and a whole number from 1 to 50',
    ])
    expect(options).toEqual({})
  }
  expect(refused(readDataset({ contextField: 'journey', contextPages: 'many' }))).toHaveLength(1)
  expect(refused(readDataset({ contextPages: '5' }))).toHaveLength(1)
})
