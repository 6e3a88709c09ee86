/** A real WebKit, moved over W3C WebDriver by WebKitGTK's own driver, on a screen that nobody sees. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { needed } from '../stage/needed.ts'
import type { EnginePage } from './verbs.ts'

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

/** Finds an element, wherever the document has it; runs in the page, and sees of this side what it is given. */
type Look<Given> = (given: Given) => Element | null | undefined

/** Elements are waited for, and clicked and written into as by a person. */
export interface WebKitPage extends EnginePage {
  waitFor(look: Look<void>): Promise<void>
  click<Given>(look: Look<Given>, given?: Given): Promise<void>
  type<Given>(look: Look<Given>, text: string, given?: Given): Promise<void>
}

/** One browser with a fresh profile. */
export interface WebKit {
  newPage(): Promise<WebKitPage>
  stop(): Promise<void>
}

/** How a driver names an element (W3C WebDriver, "Elements"). */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'

/** WebDriver knows no scripts that run before those of the page: `prepend` has the site begin every page with them. */
const createPage = (
  send: ReturnType<typeof createDriver>['send'],
  here: <Result>(run: () => Promise<Result>) => Promise<Result>,
  session: string,
  prepend: (script: string) => void,
): WebKitPage => {
  const ask = (method: string, path: string, body?: object) => here(() => send(method, session + path, body))
  /** The page may be going just now, and an element be drawn anew between two questions. */
  const until = async <Result>(look: () => Promise<Result>): Promise<NonNullable<Result>> => {
    for (;;) {
      const found = await look().catch(() => undefined)
      if (found) return found
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const find = <Given>(look: Look<Given>, given?: Given) =>
    until(async () => {
      // What is clicked has to be in view, and this driver moves nothing that scrolls within a page.
      const script = `const found = (${look})(...arguments); found?.scrollIntoView({ block: 'nearest' }); return found`
      const found = await ask('POST', '/execute/sync', { script, args: [given ?? null] })
      return (found as Record<string, string> | null)?.[elementKey]
    })
  const act = async <Given>(how: 'click' | 'value', what: object, look: Look<Given>, given?: Given) =>
    void (await until(async () => {
      await ask('POST', `/element/${await find(look, given)}/${how}`, what)
      return true
    }))
  const evaluate = async <Result>(run: (given: never) => Result | Promise<Result>, given?: unknown) => {
    const script = `const [given, done] = arguments; Promise.resolve(given).then(${run}).then((value) => done({ value }), (error) => done({ error: String(error) }))`
    const answer = (await ask('POST', '/execute/async', { script, args: [given ?? null] })) as {
      value?: unknown
      error?: string
    }
    if (answer.error) throw new Error(answer.error)
    // What the caller's function returned, which is all that says what it is.
    return answer.value as Result
  }
  return {
    goto: (url) => ask('POST', '/url', { url }),
    reload: () => ask('POST', '/refresh', {}),
    evaluate,
    addInitScript: async (run) => prepend(`(${run})()`),
    waitForFunction: (condition) => until(() => evaluate(condition)),
    waitFor: async (look) => void (await find(look)),
    click: (look, given) => act('click', {}, look, given),
    type: (look, text, given) => act('value', { text }, look, given),
    close: async () => void (await ask('DELETE', '/window')),
  }
}

export const startWebKit = async (prepend: (script: string) => void): Promise<WebKit> => {
  const screen = startProgram(screenPath, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'])
  const display = `:${await screen.told()}`
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const program = startProgram(driverPath, [`--port=${port}`], { ...process.env, DISPLAY: display })
  await ready(origin)
  const { send, inTurn } = createDriver(origin)
  const capabilities = {
    alwaysMatch: {
      // A walk through many pages is one script.
      timeouts: { script: 600_000 },
      'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
    },
  }
  const { sessionId } = (await send('POST', '/session', { capabilities })) as { sessionId: string }
  const session = `/session/${sessionId}`
  let isFirst = true

  const openWindow = async (): Promise<string> => {
    // The session begins with a window of its own.
    if (isFirst) {
      isFirst = false
      return (await send('GET', `${session}/window`)) as string
    }
    // The current window may have been closed.
    const [open] = (await send('GET', `${session}/window/handles`)) as string[]
    await send('POST', `${session}/window`, { handle: open })
    // A tab behind another one would be hidden, and be reported only when it is seen.
    return ((await send('POST', `${session}/window/new`, { type: 'window' })) as { handle: string }).handle
  }
  return {
    async newPage() {
      const handle = await inTurn(openWindow)
      const here = <Result>(run: () => Promise<Result>): Promise<Result> =>
        inTurn(async () => {
          await send('POST', `${session}/window`, { handle })
          return run()
        })
      return createPage(send, here, session, prepend)
    },
    async stop() {
      await inTurn(() => send('DELETE', session)).catch(() => undefined)
      program.stop()
      screen.stop()
    },
  }
}
