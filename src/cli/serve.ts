import { commandName } from './commands'
import { paint, printable, UsageError, type Terminal } from './terminal'

export interface ServeOptions {
  port?: string
}

const defaultPort = '3010'

const readPort = (given: string): number => {
  const port = /^\d{1,5}$/.test(given) ? Number(given) : Infinity
  // The desk lies on the next port.
  if (port > 65_534)
    throw new UsageError(
      `--port takes a whole number from 0 (any free port) to 65534, not “${printable(given)}”, for example ${commandName} serve --port 3010`,
    )
  return port
}

/** Starts the embedded livechat server, and says where all of it is. Resolves with 0 once it has been stopped; 1 when it cannot start. */
export const serve = async (
  terminal: Terminal,
  { port = defaultPort }: ServeOptions,
  started: (stop: () => void) => void = () => {},
): Promise<number> => {
  const wanted = readPort(port)
  // Only who serves pays for reading the server's code.
  const { createLivechat, PortError } = await import('../../e2e/testing/index.ts')
  try {
    // As where an administrator has switched CORS on, so that files can be sent as well.
    const livechat = await createLivechat({ port: wanted, settings: { cors: '*' } })
    const line = (what: string, where: string) => terminal.out(`  ${paint(terminal, 'dim', what.padEnd(20))} ${where}`)
    terminal.out(
      'A livechat server is running on this machine. It answers as Rocket.Chat 8 does, and keeps nothing when it ends.\n',
    )
    line('Put into your page', livechat.tag())
    line('A shop to try it on', livechat.demo)
    line('The agent’s desk', livechat.desk.url)
    terminal.out(
      '\nThe desk’s address has a new key in it at each start: who has it can steer the server. Ctrl-C ends it.',
    )
    await new Promise<void>((resolve) => started(resolve))
    await livechat.stop()
    return 0
  } catch (error) {
    if (!(error instanceof PortError)) throw error
    terminal.err(error.message)
    return 1
  }
}
