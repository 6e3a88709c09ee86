import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { chromium } from 'playwright'
import { findChromium } from './browser.ts'
import { createTab, type Tab } from './tab.ts'

/** A browser of our own whose process can be killed, with a profile that outlives it. */
export interface Machine {
  start(): Promise<Tab>
  kill(): Promise<void>
  /** The profile goes too. */
  stop(): Promise<void>
}

const flags = [
  '--headless=new',
  '--no-sandbox',
  '--remote-debugging-port=0',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
]

const hasExited = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

/** Chromium says on its error output where its debugger listens. */
const debuggerAddress = (output: Readable) =>
  new Promise<string>((resolve) => {
    let said = ''
    output.on('data', (chunk) => {
      const found = /ws:\/\/\S+/.exec((said += chunk))
      if (found) resolve(found[0])
    })
  })

export const createMachine = async (site: { origin: string }): Promise<Machine> => {
  const profile = await mkdtemp(join(tmpdir(), 'tagalong-profile-'))
  let running: ChildProcess | undefined
  const kill = async () => {
    if (!running || hasExited(running)) return
    const exited = once(running, 'exit')
    running.kill('SIGKILL')
    await exited
  }
  return {
    async start() {
      const executable = findChromium()
      if (!executable) throw new Error('there is no Chromium')
      const browser = spawn(executable, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      running = browser
      const [context] = (await chromium.connectOverCDP(await debuggerAddress(browser.stderr))).contexts()
      if (!context) throw new Error('the browser has no window')
      return createTab(context.pages()[0] ?? (await context.newPage()), site)
    },
    kill,
    async stop() {
      await kill()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
