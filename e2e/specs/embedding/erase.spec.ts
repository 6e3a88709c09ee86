/** What was promised to be deleted is deleted, whatever could not be fetched. */
import { expect, test, type Page } from '../../test.ts'

/** Every key that Tagalong keeps on this origin, but for the note that there is no consent. */
const keptKeys = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases())
      .map(({ name }) => name ?? '')
      .filter((name) => name.startsWith('tagalong-'))
    const inDatabases = await Promise.all(
      names.map(
        (name) =>
          new Promise<string[]>((resolve) => {
            const opening = indexedDB.open(name)
            opening.onsuccess = () => {
              const all = opening.result.transaction('kept').objectStore('kept').getAllKeys()
              all.onsuccess = () => {
                opening.result.close()
                resolve(all.result.map(String))
              }
            }
          }),
      ),
    )
    return [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...inDatabases.flat()].filter(
      (key) => !key.endsWith('/consent'),
    )
  })

test.beforeEach(async ({ visitor }) => {
  await visitor.page.route('**/chunks/recovery-*', (route) => route.abort())
})

test('consent taken back deletes all there is, where the file for trouble cannot be fetched', async ({
  visitor,
  server,
  site,
  tag,
}) => {
  site.page('/', { title: 'Asked', head: tag('data-tracking="consent"') })
  await visitor.go('/')
  await visitor.page.evaluate(
    () => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(true).then(resolve))),
  )
  await expect.poll(() => server.visits()).toHaveLength(1)
  expect(await keptKeys(visitor.page)).not.toEqual([])
  await visitor.page.evaluate(
    () => new Promise<void>((resolve) => window.Tagalong((api) => void api.consent(false).then(resolve))),
  )
  expect(await keptKeys(visitor.page)).toEqual([])
})

test('forget deletes what is here, where the file for trouble cannot be fetched', async ({ visitor, server }) => {
  await visitor.go('/')
  await expect.poll(() => server.visits()).toHaveLength(1)
  const tokenBefore = await visitor.page.evaluate(
    () =>
      new Promise<string | undefined>((resolve) =>
        window.Tagalong((api) => void api.getVisitorToken().then((token) => api.forget().then(() => resolve(token)))),
      ),
  )
  const tokenAfter = await visitor.page.evaluate(
    () =>
      new Promise<string | undefined>((resolve) =>
        window.Tagalong((api) => void api.getVisitorToken().then((token) => resolve(token))),
      ),
  )
  expect(tokenBefore).toBeTruthy()
  expect(tokenAfter).not.toBe(tokenBefore)
})
