/** A real WebKit, moved over W3C WebDriver by WebKitGTK's own driver, on a screen that nobody sees. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import type { EngineBrowser, EngineTab } from './engine.ts'
import { needed } from '../stage/needed.ts'

const driverPath = '/usr/bin/WebKitWebDriver'
const screenPath = '/usr/bin/Xvfb'
/** Debian keeps WebKitGTK's small browser in the library folder of the machine's architecture. */
const findMiniBrowser = (): string | undefined =>
  readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
    .find((path) => existsSync(path))

/** What is missing here, if anything is. */
export const missingWebKit = (): string | undefined =>
  existsSync(driverPath) && existsSync(screenPath) && findMiniBrowser()
    ? undefined
    : 'WebKit is missing: install it (Debian: apt-get install webkit2gtk-driver xvfb).'

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The program and everything it starts are one group, which ends as one. */
const startProgram = (path: string, args: string[], environment: NodeJS.ProcessEnv = process.env) => {
  const program = spawn(path, args, { env: environment, stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true })
  return {
    /** What it writes to its fourth stream. */
    told: () =>
      new Promise<string>((resolve) =>
        needed(program.stdio[3], 'fourth stream').once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
      ),
    stop() {
      try {
        process.kill(-needed(program.pid, 'process'), 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    },
  }
}

interface Answer {
  value: unknown
}
interface Failure {
  error: string
  message: string
}

/** One command after the other: a driver has one current window, and a command is for that one. */
const createDriver = (origin: string) => {
  let chain: Promise<unknown> = Promise.resolve()
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(origin + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const { value } = (await response.json()) as Answer
    if (response.ok) return value
    const { error, message } = value as Failure
    throw new Error(`WebDriver ${method} ${path}: ${error}: ${message}`)
  }
  return {
    send,
    inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
      const mine = chain.then(run)
      chain = mine.catch(() => undefined)
      return mine
    },
  }
}

const ready = async (origin: string): Promise<void> => {
  for (;;) {
    const response = await fetch(`${origin}/status`).catch(() => undefined)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export const startWebKit = async (): Promise<EngineBrowser> => {
  const screen = startProgram(screenPath, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'])
  const display = `:${await screen.told()}`
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const program = startProgram(driverPath, [`--port=${port}`], { ...process.env, DISPLAY: display })
  await ready(origin)
  const { send, inTurn } = createDriver(origin)
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] } },
  }
  const { sessionId } = (await send('POST', '/session', { capabilities })) as { sessionId: string }
  const session = `/session/${sessionId}`
  let isFirst = true

  const createTab = (handle: string): EngineTab => {
    const here = <Result>(run: () => Promise<Result>): Promise<Result> =>
      inTurn(async () => {
        await send('POST', `${session}/window`, { handle })
        return run()
      })
    return {
      go: (url) => here(async () => void (await send('POST', `${session}/url`, { url }))),
      back: () => here(async () => void (await send('POST', `${session}/back`, {}))),
      url: () => here(async () => (await send('GET', `${session}/url`)) as string),
      evaluate: (run, ...given) =>
        here(async () => {
          const script = `const given = [...arguments]; const done = given.pop(); Promise.resolve((${run})(...given)).then((value) => done({ value }), (error) => done({ error: String(error) }))`
          const { value, error } = (await send('POST', `${session}/execute/async`, { script, args: given })) as {
            value?: never
            error?: string
          }
          if (error) throw new Error(error)
          // What the caller's function returned, which is all that says what it is.
          return value as never
        }),
      close: () => here(async () => void (await send('DELETE', `${session}/window`))),
    }
  }
  return {
    newTab: () =>
      inTurn(async () => {
        // The session begins with a window of its own.
        if (isFirst) {
          isFirst = false
          return createTab((await send('GET', `${session}/window`)) as string)
        }
        // The current window may have been closed.
        const [open] = (await send('GET', `${session}/window/handles`)) as string[]
        await send('POST', `${session}/window`, { handle: open })
        const { handle } = (await send('POST', `${session}/window/new`, { type: 'tab' })) as { handle: string }
        return createTab(handle)
      }),
    async stop() {
      await inTurn(() => send('DELETE', session)).catch(() => undefined)
      program.stop()
      screen.stop()
    },
  }
}
