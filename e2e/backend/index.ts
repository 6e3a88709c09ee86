import { randomBytes } from 'node:crypto'
import { createControl } from './control/door.ts'
import type { DoorFolders } from './control/site.ts'
import { createSockets } from './realtime/sockets.ts'
import { createLivechat } from './livechat.ts'
import { createPort } from './http/port.ts'
import type { Folders } from './http/static.ts'
import { createServerState } from './state.ts'

export { demoAgent, outsider, secondAgent, type User } from './office/users.ts'
export type { Fault } from './control/faults.ts'
export type { Entry } from './control/ledger.ts'
export type { Dialect, Settings } from './office/store/settings.ts'
export type { Message, Room, Visitor } from './office/contracts.ts'

export interface BackendOptions extends Folders {
  /** Of the livechat server; a free one when absent or 0. */
  port?: number
  controlPort?: number
  /** What the control door's address begins with; a new one for each start unless told. */
  controlToken?: string
  /** What is served beside the control door: the built widget, the demo and the desk. */
  doorFolders?: DoorFolders
  /** With a folder the state survives a restart. */
  dataFolder?: string
}

export interface Backend {
  /** Where the livechat server answers, for example `http://127.0.0.1:41234`. */
  origin: string
  /** Where the control door is, with the token that opens it; add `/control/…`. */
  control: string
  stop(): Promise<void>
}

export async function createBackend(options: BackendOptions = {}): Promise<Backend> {
  const state = createServerState(options.dataFolder)
  const sockets = createSockets(state)
  const livechat = createPort(options.port ?? 0, createLivechat(state, options), sockets)
  const token = options.controlToken ?? randomBytes(16).toString('base64url')
  const address = () => `${control.origin()}/${token}`
  const site = options.doorFolders && {
    folders: options.doorFolders,
    places: () => ({ origin: livechat.origin(), control: address(), script: '/tagalong.js' }),
  }
  const control = createPort(options.controlPort ?? 0, createControl(state, livechat, sockets, { token, site }))
  await livechat.open()
  state.origin = livechat.origin()
  await control.open().catch(async (error: unknown) => {
    await livechat.close()
    throw error
  })
  return {
    origin: livechat.origin(),
    control: address(),
    async stop() {
      await livechat.close()
      await control.close()
      state.save()
    },
  }
}
