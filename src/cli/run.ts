import { parseArgs } from 'node:util'
import { AgentError, type AgentParts } from '../agent'
import { doctor } from './doctor'
import { printable, UsageError, type Terminal } from './terminal'
import { trail } from './trail'

const help = `tagalong – what a livechat server knows of a visitor, and what a widget will meet

  tagalong trail --server <address> --room <id> [--follow] [--json]
      The pages a room's visitor went to, oldest first: when, how long after the one before, title, address.
      --follow   goes on with every new page until it is stopped
      --json     one JSON object per line
      Logs in as an agent, by the environment:
      TAGALONG_USER_ID     the agent's id
      TAGALONG_AUTH_TOKEN  a personal access token of theirs

  tagalong doctor <address> --origin <origin of the pages> [--json]
      What a widget on these pages will meet: server, API, livechat, CORS, websocket, limits, monitor, agents.
      What fails comes with the setting to change.

  tagalong --help · tagalong --version

Ends with 0 when all is well, 1 when the server refused or a check failed, 2 when the command was wrong.`

const options = {
  server: { type: 'string' },
  room: { type: 'string' },
  origin: { type: 'string' },
  follow: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const

/** What each command takes: its options, and how many words that are none. */
const commands: Record<string, { options: string[]; words: number }> = {
  trail: { options: ['server', 'room', 'follow', 'json'], words: 0 },
  doctor: { options: ['origin', 'json'], words: 1 },
}

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
  if (values.help || !command) {
    terminal.out(help)
    return values.help ? 0 : 2
  }
  checkUsage(command, values, words)
  return command === 'doctor' ? doctor(terminal, words[0], values) : trail(terminal, values, parts, started)
}

/** The whole command; resolves with its exit code. `parts` and `started` are for tests. */
export const run: typeof runCommand = async (args, terminal, ...rest) => {
  try {
    return await runCommand(args, terminal, ...rest)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`${error.message}.\nSee: tagalong --help`)
      return 2
    }
    if (error instanceof AgentError) {
      terminal.err(printable(error.message))
      return error.code === 'bad-call' ? 2 : 1
    }
    throw error
  }
}
