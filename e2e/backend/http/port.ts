import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What lives on a port beside its plain calls: websockets. */
interface Upgrades {
  attach(server: Server): void
  dropAll(): void
}

/** A port that can really be closed, with every connection on it, and opened again under the same number. */
export interface Port {
  open(): Promise<void>
  close(): Promise<void>
  /** Connections that wait for their next call are closed; those with a call on them go on. */
  closeIdle(): void
  origin(): string
}

export function createPort(wanted: number, listener: Listener, upgrades?: Upgrades): Port {
  let server: Server | undefined
  let number = wanted
  let lastStep: Promise<void> = Promise.resolve()

  const open = async () => {
    if (server) return
    const next = createServer((request, response) => {
      listener(request, response).catch(() => response.destroy())
    })
    next.keepAliveTimeout = 65_000
    upgrades?.attach(next)
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject)
      next.listen(number, '127.0.0.1', resolve)
    })
    number = (next.address() as AddressInfo).port
    server = next
  }

  const close = async () => {
    const closing = server
    if (!closing) return
    server = undefined
    const closed = new Promise<void>((resolve) => closing.close(() => resolve()))
    upgrades?.dropAll()
    closing.closeAllConnections()
    await closed
  }

  const afterTheOthers = (step: () => Promise<void>) => {
    const result = lastStep.then(step)
    lastStep = result.catch(() => {})
    return result
  }

  return {
    open: () => afterTheOthers(open),
    close: () => afterTheOthers(close),
    closeIdle() {
      server?.closeIdleConnections()
    },
    origin: () => `http://127.0.0.1:${number}`,
  }
}
