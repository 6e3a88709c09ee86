import { AssertionError } from 'node:assert'
import { createBackend, type Backend, type Fault } from '../backend/index.ts'
import type { DoorFolders } from '../backend/control/site.ts'
import type { Livechat, LivechatOptions, Trouble } from './contracts.ts'
import { createDesk } from './desk.ts'
import { createDoor, type Door } from './door.ts'
import { asPortError } from './portError.ts'
import { waitForVisits } from './waiting.ts'

/** As Rocket.Chat 8 is installed: `Enable CORS` is off. Livechat is switched on, and an agent is online. */
const stockSettings = { cors: 'off' }

export const defaultTimeoutMs = 5000

const checkOptions = (options: LivechatOptions): void => {
  const unknown = Object.keys(options).find((name) => !['port', 'settings'].includes(name))
  if (unknown) throw new TypeError(`createLivechat() takes port and settings, not '${unknown}'.`)
  const { port = 0 } = options
  // The next port is for the desk.
  if (!Number.isInteger(port) || port < 0 || port > 65_534)
    throw new TypeError(`The port of createLivechat() is a whole number from 0 to 65534, not ${JSON.stringify(port)}.`)
}

const open = async (port: number, doorFolders: DoorFolders): Promise<Backend> => {
  try {
    return await createBackend({ port, controlPort: port && port + 1, doorFolders })
  } catch (error) {
    throw asPortError(error) ?? error
  }
}

/** What goes wrong, several things at once: the door takes the whole set. */
const createTroubles = (door: Door) => {
  let faults: Fault[] = []
  return {
    async add(fault: Fault): Promise<Trouble> {
      faults = [...faults, fault]
      await door.faults(...faults)
      return {
        async end() {
          if (!faults.includes(fault)) return
          faults = faults.filter((one) => one !== fault)
          await door.faults(...faults)
        },
      }
    },
    forget: () => void (faults = []),
  }
}

/** A livechat server with the desk and the widget's files beside it; `folders` says where those lie. */
export const openLivechat = async (folders: DoorFolders, options: LivechatOptions = {}): Promise<Livechat> => {
  checkOptions(options)
  const backend = await open(options.port ?? 0, folders)
  const { origin, control, stop } = backend
  const door = createDoor(control)
  const troubles = createTroubles(door)
  const setUp = () => door.settings({ ...stockSettings, ...options.settings })
  await setUp().catch(async (error: Error) => {
    await stop()
    throw new TypeError(`The settings of createLivechat() are not taken: ${error.message}.`, { cause: error })
  })
  const { origin: site } = new URL(control)
  const script = `${site}/tagalong.js`
  const livechat: Livechat = {
    origin,
    script,
    demo: `${site}/demo.html`,
    tag: (attributes = '') =>
      `<script async src="${script}" data-server="${origin}"${attributes && ` ${attributes}`}></script>`,
    visits: door.visits,
    async expectVisits(expected, { timeoutMs = defaultTimeoutMs } = {}) {
      const verdict = await waitForVisits(livechat, expected, { timeoutMs })
      if (verdict.isMet) return
      const actual = (await door.visits()).map(({ href, title }) => ({ href, title }))
      throw new AssertionError({ message: verdict.says, actual, expected, operator: 'expectVisits' })
    },
    calls: door.calls,
    desk: createDesk(door, `${site}/desk/?${new URLSearchParams({ server: origin, control })}`),
    outage: () => troubles.add({ plug: true }),
    limit: ({ calls = 0, windowMs = 1000 } = {}) => troubles.add({ limit: { calls, windowMs } }),
    settings: door.settings,
    async reset() {
      troubles.forget()
      await door.reset()
      await setUp()
    },
    stop,
  }
  return livechat
}
