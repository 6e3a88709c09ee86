import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** What lives on a port beside its plain calls. */
interface Guests {
  attach(server: Server): void
  dropAll(): void
}

/** A port that can really be closed, with every connection on it, and opened again under the same number. */
export function createPort(wanted: number, listener: Listener, guests?: Guests) {
  let server: Server | undefined
  let number = wanted
  let turn: Promise<void> = Promise.resolve()

  const open = async () => {
    if (server) return
    const next = createServer((request, response) => {
      listener(request, response).catch(() => response.destroy())
    })
    next.keepAliveTimeout = 65_000
    guests?.attach(next)
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
    guests?.dropAll()
    closing.closeAllConnections()
    await closed
  }

  const inTurn = (step: () => Promise<void>) => {
    const result = turn.then(step)
    turn = result.catch(() => {})
    return result
  }

  return {
    open: () => inTurn(open),
    close: () => inTurn(close),
    closeIdle: () => server?.closeIdleConnections(),
    origin: () => `http://127.0.0.1:${number}`,
  }
}

export type Port = ReturnType<typeof createPort>
