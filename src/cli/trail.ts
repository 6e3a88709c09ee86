import { AgentError, type AgentParts, type Visit } from '../agent'
import { formatDuration } from './formatDuration'
import { localTime } from './formatTime'
import { logIn } from './login'
import { tableLine } from './table'
import { jsonLine, paint, printable, UsageError, type Terminal } from './terminal'
import { lineOfError } from './unreachable'

export interface TrailOptions {
  server?: string
  room?: string
  follow?: boolean
  json?: boolean
}

/** A third of the terminal's line, and no more than titles mostly need. */
const widestTitle = ({ columns = Infinity }: Terminal): number => Math.max(10, Math.min(40, Math.floor(columns / 3)))

/** When, how long after the one before, title, address. */
const lineOf = (time: string, after: string, title: string, address: string, width: number): string =>
  tableLine([time, after.padStart(7), title, address], [19, 7, width])

const jsonOf = ({ id, at, title, href }: Visit): string => jsonLine({ id, at: new Date(at).toISOString(), title, href })

/** Prints one visit after the other. `width` is that of the title column. */
const createPrinter = (terminal: Terminal, isJson: boolean, width: number) => {
  let previousMs: number | undefined
  let isHeaderPrinted = isJson
  return (visit: Visit): void => {
    if (isJson) return terminal.out(jsonOf(visit))
    if (!isHeaderPrinted) terminal.out(paint(terminal, 'dim', lineOf('TIME', 'AFTER', 'TITLE', 'ADDRESS', width)))
    isHeaderPrinted = true
    const after = previousMs === undefined ? '' : formatDuration(visit.at - previousMs)
    terminal.out(lineOf(localTime(visit.at), after, printable(visit.title) || '–', printable(visit.href), width))
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
  const { room = '' } = options
  if (options.server && !room)
    throw new UsageError('trail needs --room, the id of the conversation’s room: the command rooms lists them')
  const agent = logIn(terminal, 'trail', options.server, parts)
  const isJson = !!options.json
  if (options.follow) {
    const watch = agent.watchTrail(room, createPrinter(terminal, isJson, widestTitle(terminal)), {
      onTrouble: (error, retryInMs) => {
        // Only the agent's own errors are tried again.
        if (retryInMs !== undefined && error instanceof AgentError)
          void lineOfError(error, options.server).then((line) =>
            terminal.err(`${line} Asking again in ${formatDuration(retryInMs)}.`),
          )
      },
    })
    started(watch)
    await watch.ended
    return 0
  }
  const visits: Visit[] = []
  for await (const { items } of agent.pagesVisited(room, { count: 100, sort: { ts: 1 } })) visits.push(...items)
  if (!visits.length && !isJson) terminal.err('This room has no pages yet.')
  const width = Math.min(widestTitle(terminal), Math.max(5, ...visits.map(({ title }) => printable(title).length)))
  visits.forEach(createPrinter(terminal, isJson, width))
  return 0
}
