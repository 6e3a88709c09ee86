import { printChecks } from '../checkLines'
import { readOrigin } from '../origin'
import { printTable, wrapped } from '../table'
import { jsonLine, printable, readServerArgument, UsageError, type Terminal } from '../terminal'
import type { CallResult, Report } from './contracts'
import { examineServer } from './run'

export interface ServerCheckOptions {
  origin?: string
  conversation?: boolean
  json?: boolean
}

/** A page's origin where none is given: what is asked of a server seldom depends on it. */
const exampleOrigin = 'https://shop.example'

const legend = [
  'simple     a page calls it at once, whatever the CORS setting',
  'proper     a page calls it after a preflight, which the server allows',
  'blocked    the server does not let pages of this origin call it, or read its answer',
  'missing    the server does not have it',
  'odd        the server answers as none was seen to',
  'not made   the limiter asked to wait, or nothing answered',
]

const printCalls = (terminal: Terminal, calls: CallResult[]): void => {
  terminal.out('')
  printTable(
    terminal,
    ['CALL', 'HOW', 'ANSWER'],
    calls.map(({ call, way, answer }) => [call, way, answer]),
  )
  const ways = new Set(calls.map(({ way }) => way))
  terminal.out('')
  for (const line of legend) if ([...ways].some((way) => line.startsWith(`${way} `))) terminal.out(line)
}

const printDeviations = (terminal: Terminal, { deviations }: Report): void => {
  if (!deviations.length) {
    terminal.out('\nEvery answer is one the widget is made for.')
    return
  }
  terminal.out(
    `\n${deviations.length === 1 ? 'One answer is' : `${deviations.length} answers are`} not what the widget is made for:`,
  )
  for (const { call, expected, got } of deviations)
    terminal.out(wrapped(terminal, `${call}: expected ${printable(expected)}, got ${printable(got)}.`, 0))
}

/** Prints what was found as tables, or as one JSON object. The exit code is 0 when the widget works there in full, else 1. */
export const serverCheck = async (
  terminal: Terminal,
  given: string | undefined,
  { origin, conversation, json }: ServerCheckOptions,
): Promise<number> => {
  if (!given)
    throw new UsageError(
      'server-check needs the address of the server, for example: npx @tagalong/livechat server-check https://chat.example.com',
    )
  const report = await examineServer(
    readServerArgument(given),
    readOrigin(origin ?? exampleOrigin, 'server-check'),
    !!conversation,
  )
  const isGood = report.deviations.length === 0 && report.checks.every(({ ok }) => ok)
  if (json) terminal.out(jsonLine(report))
  else {
    terminal.out(`${report.server}, as a page of ${report.origin} meets it\n`)
    printChecks(terminal, report.checks)
    if (report.calls.length) {
      printCalls(terminal, report.calls)
      printDeviations(terminal, report)
    }
  }
  return isGood ? 0 : 1
}
