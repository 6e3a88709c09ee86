import { parseArgs } from 'node:util'
import { AgentError, type AgentParts } from '../agent'
import { commandName, commands, help } from './commands'
import { doctor } from './doctor'
import { migrate } from './migrate'
import { rooms } from './rooms'
import { serve } from './serve'
import { serverCheck } from './serverCheck'
import { printable, UsageError, type Terminal } from './terminal'
import { trail } from './trail'
import { lineOfError } from './unreachable'

const options = {
  server: { type: 'string' },
  room: { type: 'string' },
  origin: { type: 'string' },
  script: { type: 'string' },
  port: { type: 'string' },
  open: { type: 'boolean' },
  queued: { type: 'boolean' },
  follow: { type: 'boolean' },
  conversation: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** Options of this name would hold a credential. */
const credentialOption = /^--?(user-?id|auth-?token|token|password)\b/i

const parse = (args: string[]) => {
  if (args.some((arg) => credentialOption.test(arg))) {
    throw new UsageError(
      'Credentials are not taken from the command line, which others on this machine can read: set TAGALONG_USER_ID and TAGALONG_AUTH_TOKEN in the environment',
    )
  }
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // The first sentence of Node's message; the others explain Node's own syntax.
    throw new UsageError((error as Error).message.split('.')[0])
  }
}

/** Refuses what the command does not take. */
const checkUsage = (command: string, values: object, words: string[]): void => {
  const taken = Object.hasOwn(commands, command) ? commands[command] : undefined
  if (!taken) throw new UsageError(`There is no command “${printable(command)}”`)
  const unknownOption = Object.keys(values).find((name) => !taken.options.includes(name))
  if (unknownOption) throw new UsageError(`${command} does not take --${unknownOption}`)
  const extraWord = words[taken.words]
  if (extraWord) throw new UsageError(`${command} does not know what to do with “${printable(extraWord)}”`)
}

const runCommand = async (
  args: string[],
  terminal: Terminal,
  version: string,
  parts?: AgentParts,
  started?: (stop: () => void) => void,
): Promise<number> => {
  const { values, positionals } = parse(args)
  const [command, ...words] = positionals
  if (values.version) {
    terminal.out(version)
    return 0
  }
  if (values.help || command === 'help' || !command) {
    terminal.out(help)
    return command || values.help ? 0 : 2
  }
  checkUsage(command, values, words)
  switch (command) {
    case 'doctor':
      return doctor(terminal, words[0], values)
    case 'server-check':
      return serverCheck(terminal, words[0], values)
    case 'migrate':
      return migrate(terminal, words[0], values)
    case 'serve':
      return serve(terminal, values, started)
    case 'rooms':
      return rooms(terminal, values, parts)
    default:
      return trail(terminal, values, parts, started)
  }
}

/** The whole command; resolves with its exit code. `parts` and `started` are for tests. */
export const run: typeof runCommand = async (args, terminal, ...rest) => {
  try {
    return await runCommand(args, terminal, ...rest)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}.\nSee: ${commandName} help`)
      return 2
    }
    if (error instanceof AgentError) {
      terminal.err(await lineOfError(error, parse(args).values.server))
      return error.code === 'bad-call' ? 2 : 1
    }
    throw error
  }
}
