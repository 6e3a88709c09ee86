import type { Check } from '../options'
import { wrapped } from './table'
import { paint, printable, type Terminal } from './terminal'

/** That of the longest name. */
const nameWidth = 10

export const isUnchecked = ({ code }: Check): boolean => code === 'unchecked'

/** A mark for each check. What was not checked is neither good nor bad. */
const markOf = (terminal: Terminal, check: Check): string => {
  if (check.ok) return paint(terminal, 'green', '✓')
  return isUnchecked(check) ? paint(terminal, 'dim', '–') : paint(terminal, 'red', '✗')
}

/** A line for each check, its name before its sentence. */
export const printChecks = (terminal: Terminal, checks: Check[]): void => {
  for (const check of checks)
    terminal.out(
      `${markOf(terminal, check)} ${check.name.padEnd(nameWidth)} ${wrapped(terminal, printable(check.says), nameWidth + 3)}`,
    )
}
