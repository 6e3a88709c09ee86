/** A host names a department by its name or its id; each era of the server wants to be asked in its own way. */
import { expect, test, type Server } from '../../test.ts'

const sales = { _id: 'd1', name: 'Sales', showOnRegistration: true, showOnOfflineForm: true }

const askedDepartments = async (server: Server) =>
  (await server.ledger('GET /api/v1/livechat/config')).map(({ query, status }) => [query.department, status])

test('a chat whose department the host names is online, and the server is asked for its id', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({ limiter: false, departments: [sales] })
  site.page('/', { head: tag('data-department="Sales"') })
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  expect((await askedDepartments(server)).slice(0, 2)).toEqual([
    [undefined, 200],
    ['d1', 200],
  ])
})

test('a server below 3.0, which refuses to be asked for a department, is asked again without', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  await server.settings({ dialect: 'v0', limiter: false, departments: [sales] })
  site.page('/', { head: tag('data-department="Sales"') })
  await visitor.go('/')
  await visitor.widget.open()
  await visitor.widget.say('Hello')
  await expect.poll(() => server.said()).toEqual(['Hello'])
  expect(await askedDepartments(server)).toContainEqual(['d1', 400])
  expect((await askedDepartments(server)).at(-1)).toEqual([undefined, 200])
})
