import { AgentError, createAgent, type AgentParts, type Visit } from '../agent'
import { formatDuration, twoDigits } from './formatDuration'
import { jsonLine, printable, readServerArgument, UsageError, type Terminal } from './terminal'

export interface TrailOptions {
  server?: string
  room?: string
  follow?: boolean
  json?: boolean
}

/** In local time, from the year down: the only order that everybody reads the same way. */
const localTime = (ms: number): string => {
  const date = new Date(ms)
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':')}`
}

const widestTitle = 40
const fitted = (title: string, width: number): string =>
  (title.length > width ? `${title.slice(0, width - 1)}…` : title).padEnd(width)

const lineOf = (time: string, after: string, title: string, address: string, width: number): string =>
  `${time.padEnd(19)}  ${after.padStart(7)}  ${fitted(title, width)}  ${address}`

const jsonOf = ({ id, at, title, href }: Visit): string => jsonLine({ id, at: new Date(at).toISOString(), title, href })

/** Prints one visit after the other. `width` is that of the title column. */
const createPrinter = (terminal: Terminal, isJson: boolean, width: number) => {
  let previousMs: number | undefined
  let isHeaderPrinted = isJson
  return (visit: Visit): void => {
    if (isJson) return terminal.out(jsonOf(visit))
    if (!isHeaderPrinted) terminal.out(lineOf('TIME', 'AFTER', 'TITLE', 'ADDRESS', width))
    isHeaderPrinted = true
    terminal.out(
      lineOf(
        localTime(visit.at),
        previousMs === undefined ? '' : formatDuration(visit.at - previousMs),
        printable(visit.title) || '–',
        printable(visit.href),
        width,
      ),
    )
    previousMs = visit.at
  }
}

/** Prints the pages of a room, and with `--follow` goes on until it is stopped or refused. The exit code is 0; a refusal rejects. */
export const trail = async (
  terminal: Terminal,
  options: TrailOptions,
  parts?: AgentParts,
  started: (stop: () => void) => void = () => {},
): Promise<number> => {
  const { TAGALONG_USER_ID: userId, TAGALONG_AUTH_TOKEN: authToken } = terminal.environment
  if (!options.server) throw new UsageError('trail needs --server, for example --server https://chat.example.com')
  if (!options.room) throw new UsageError('trail needs --room, the id of the conversation’s room')
  if (!userId || !authToken)
    throw new UsageError(
      'trail logs in as an agent: set TAGALONG_USER_ID and TAGALONG_AUTH_TOKEN in the environment, to the id and a personal access token of theirs',
    )
  const agent = createAgent({ server: readServerArgument(options.server), userId, authToken }, parts)
  const isJson = !!options.json
  if (options.follow) {
    const watch = agent.watchTrail(options.room, createPrinter(terminal, isJson, widestTitle), {
      onTrouble: (error, retryInMs) => {
        if (retryInMs !== undefined)
          terminal.err(`${(error as AgentError).message} Asking again in ${formatDuration(retryInMs)}.`)
      },
    })
    started(watch)
    await watch.ended
    return 0
  }
  const visits: Visit[] = []
  for await (const { items } of agent.pagesVisited(options.room, { count: 100, sort: { ts: 1 } })) visits.push(...items)
  if (!visits.length && !isJson) terminal.err('This room has no pages yet.')
  const width = Math.min(widestTitle, Math.max(5, ...visits.map(({ title }) => printable(title).length)))
  visits.forEach(createPrinter(terminal, isJson, width))
  return 0
}
