/** No promise that a host holds stays open for ever. */
import { expect, test } from '../../test.ts'

test('what is under way, and `ready` where nothing is tracked, are refused when all of it is destroyed', async ({
  visitor,
  site,
  tag,
  said,
}) => {
  site.page('/shop', { title: 'Shop', head: tag('data-tracking="off"') })
  await visitor.page.route('**/chunks/panel-*', () => {})
  await visitor.go('/shop')
  await visitor.launcher.waitFor()
  const codes = await visitor.page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        window.Tagalong((chat) => {
          const codeOf = (promise: Promise<unknown>) =>
            promise.then(
              () => 'done',
              (error: { code: string }) => error.code,
            )
          const all = [chat.ready, chat.open(), chat.identify({ name: 'Ada' })].map(codeOf)
          chat.destroy()
          all.push(codeOf(chat.getVisitorToken()), codeOf(chat.ready))
          // Not awaited: it never becomes an unhandled rejection.
          void chat.open()
          void Promise.all(all).then(resolve)
        }),
      ),
  )
  expect(codes).toEqual(['destroyed', 'destroyed', 'destroyed', 'destroyed', 'destroyed'])
  expect(said.filter((line) => line.startsWith('uncaught'))).toEqual([])
})
