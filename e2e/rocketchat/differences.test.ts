/** What `npm run test:server` says of a server that is another than it looks for. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test, type Server } from '../backend/fixture.ts'

const run = promisify(execFile)

/** The exit code, and what was printed, of the tests whose names begin so. */
const testServer = async (
  { origin }: Pick<Server, 'origin'>,
  names: string,
): Promise<{ code: number; said: string }> => {
  const { TEST_WORKER_INDEX: _index, TEST_PARALLEL_INDEX: _parallel, ...rest } = process.env
  const env = { ...rest, TAGALONG_SERVER: origin, TAGALONG_SOURCES: '1' }
  const args = ['node_modules/playwright/cli.js', 'test', '-c', 'e2e', '--project=server', '--grep', names]
  try {
    return {
      code: 0,
      said: (await run(process.execPath, [...args, '--output', test.info().outputDir], { env })).stdout,
    }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, said: stdout + stderr }
  }
}

test(
  'what the widget gets along with is reported as a difference, and is no failure',
  { tag: '@slow' },
  async ({ server }) => {
    await server.settings({ dialect: 'v6', cors: 'off' })
    const { code, said } = await testServer(server, 'a page of another origin|pages from before')
    expect(said).toContain('which says it is Rocket.Chat 6.14: 3 facts are as expected, 1 different, 0 missing.')
    expect(said).toMatch(
      /Different, .*: JSON that is called a kind of text is read as JSON[^]*expected \{"token":.*\n *got +nothing/,
    )
    expect(said).toContain('Skipped: Nobody could log in as “agent”')
    expect(code).toBe(0)
  },
)

test('what the widget cannot do without is a failure', { tag: '@slow' }, async ({ server }) => {
  await server.faults({ match: 'GET /api/v1/livechat/visitor/', status: 404, error: 'gone' })
  const { code, said } = await testServer(server, 'a visitor is registered')
  expect(said).toMatch(
    /1 missing\.\n +MISSING, and the widget needs it: GET visitor\/:token\n +expected .*\n +got +nothing/,
  )
  expect(code).toBe(1)
})

test('a server that does not answer is named in one sentence, and nothing is tried', { tag: '@slow' }, async () => {
  const { code, said } = await testServer({ origin: 'http://127.0.0.1:9' }, '.')
  expect(said).toContain(
    'TAGALONG_SERVER is http://127.0.0.1:9, and http://127.0.0.1:9/api/info does not answer as Rocket.Chat does (',
  )
  expect(said).not.toContain('Running')
  expect(code).toBe(1)
})
