import { createControl } from './control.ts'
import { createSockets } from './ddp/sockets.ts'
import { createLivechat } from './livechat.ts'
import { createPort } from './port.ts'
import type { Folders } from './static.ts'
import { createWorld } from './world.ts'

export { demoAgent, outsider, secondAgent, type User } from './demo.ts'
export type { Fault } from './faults.ts'
export type { Entry } from './ledger.ts'
export type { Dialect, Settings } from './settings.ts'
export type { Message, Room, Visitor } from './store.ts'

export interface BackendOptions extends Folders {
  /** Of the livechat server; a free one when absent or 0. */
  port?: number
  controlPort?: number
  /** With a folder the state survives a restart. */
  dataFolder?: string
}

export interface Backend {
  /** Where the livechat server answers, for example `http://127.0.0.1:41234`. */
  origin: string
  /** Where the control door is; add `/control/…`. */
  control: string
  stop(): Promise<void>
}

export async function createBackend(options: BackendOptions = {}): Promise<Backend> {
  const world = createWorld(options.dataFolder)
  const sockets = createSockets(world)
  const livechat = createPort(options.port ?? 0, createLivechat(world, options), sockets)
  const control = createPort(options.controlPort ?? 0, createControl(world, livechat, sockets))
  await livechat.open()
  world.origin = livechat.origin()
  await control.open().catch(async (error: unknown) => {
    await livechat.close()
    throw error
  })
  return {
    origin: livechat.origin(),
    control: control.origin(),
    async stop() {
      await livechat.close()
      await control.close()
      world.save()
    },
  }
}
