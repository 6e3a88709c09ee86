import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test as base } from 'playwright/test'
import { demoAgent } from '../../backend/index.ts'
import { openServer, type Server } from '../../backend/fixture.ts'
import { visitorWithRoom } from '../../desk/fixture.ts'

const run = promisify(execFile)

/** Ended with this code, and said this. */
const ended = async (command: string, args: string[], options: object): Promise<{ code: number; out: string }> => {
  try {
    return { code: 0, out: (await run(command, args, options)).stdout }
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }
    return { code, out: stdout + stderr }
  }
}

/** The package as npm would unpack it, in an otherwise empty folder. */
const test = base.extend<{ server: Server }, { folder: string }>({
  folder: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'packed-'))
      const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder])
      const [{ filename }] = JSON.parse(stdout) as [{ filename: string }]
      const home = join(folder, 'node_modules/@tagalong/livechat')
      await mkdir(home, { recursive: true })
      await run('tar', ['-xzf', join(folder, filename), '-C', home, '--strip-components', '1'])
      await use(folder)
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  server: async ({}, use) => {
    const server = await openServer()
    await use(server)
    await server.stop()
  },
})

const cli = 'node_modules/@tagalong/livechat/dist/cli.js'
const login = { ...process.env, TAGALONG_USER_ID: demoAgent._id, TAGALONG_AUTH_TOKEN: demoAgent.authToken }

test('the packed command prints a trail, follows it, and says its version', async ({ folder, server }) => {
  const { rid } = await visitorWithRoom(server, 2)
  const at = { cwd: folder, env: login }
  const { code, out } = await ended(process.execPath, [cli, 'trail', '--server', server.origin, '--room', rid], at)
  expect(code).toBe(0)
  expect(out).toMatch(/p1 +https:\/\/shop\.example\/p1\n.*p2 +https:\/\/shop\.example\/p2\n$/)
  expect(
    await ended(process.execPath, [cli, 'trail', '--server', server.origin, '--room', 'nowhere', '--follow'], at),
  ).toMatchObject({ code: 1 })
  expect((await ended(process.execPath, [cli, '--version'], at)).out).toMatch(/^\d+\.\d+\.\d+/)
})

test('the packed doctor finds a healthy server well and a closed one not', async ({ folder, server }) => {
  const examine = () =>
    ended(process.execPath, [cli, 'doctor', server.origin, '--origin', 'http://shop.example'], { cwd: folder })
  expect(await examine()).toEqual({ code: 0, out: expect.stringContaining('All 8 checks passed.') })
  await server.faults({ plug: true })
  expect(await examine()).toEqual({ code: 1, out: expect.stringContaining('ECONNREFUSED') })
})

test('everything the package hands out is in it, and no declaration that no host can name', async ({ folder }) => {
  const home = join(folder, 'node_modules/@tagalong/livechat')
  await writeFile(
    join(folder, 'resolve.mjs'),
    `for (const path of ['', '/tracker', '/agent', '/token', '/react', '/vue', '/preact', '/store', '/tagalong.js', '/tagalong.all.js', '/rocketchat-livechat.min.js', '/snippet.html', '/package.json'])
       console.log(import.meta.resolve('@tagalong/livechat' + path).split('/livechat/')[1])`,
  )
  const { code, out } = await ended(process.execPath, ['resolve.mjs'], { cwd: folder })
  expect([code, out.split('\n').slice(8, 12)]).toEqual([
    0,
    ['dist/tagalong.js', 'dist/tagalong.all.js', 'dist/rocketchat-livechat.min.js', 'dist/snippet.html'],
  ])
  const declarations = (await readdir(join(home, 'dist/npm'), { recursive: true })).filter((name) =>
    name.endsWith('.d.ts'),
  )
  expect(declarations.filter((name) => /tracking|visitor|chat\b|launcher|ui\//.test(name))).toEqual([])
  expect(declarations.length).toBeLessThan(20)
})

test('the packed agent reads in Node without anything installed beside it', async ({ folder, server }) => {
  const { rid } = await visitorWithRoom(server, 1)
  await writeFile(
    join(folder, 'read.mjs'),
    `import { createAgent } from '@tagalong/livechat/agent'
     const { TAGALONG_USER_ID: userId, TAGALONG_AUTH_TOKEN: authToken } = process.env
     const agent = createAgent({ server: process.argv[2], userId, authToken })
     const stop = agent.watchTrail(process.argv[3], ({ title }) => { console.log(title); stop() })`,
  )
  expect(await ended(process.execPath, ['read.mjs', server.origin, rid], { cwd: folder, env: login })).toEqual({
    code: 0,
    out: 'p1\n',
  })
})
