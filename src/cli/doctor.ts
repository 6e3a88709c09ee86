import { examine } from './examine'
import { jsonLine, printable, readServerArgument, UsageError, type Terminal } from './terminal'

export interface DoctorOptions {
  origin?: string
  json?: boolean
}

const readOrigin = (given: string | undefined): string => {
  try {
    const { origin, protocol } = new URL(given ?? '')
    if (/^https?:$/.test(protocol)) return origin
  } catch {
    // No address at all.
  }
  throw new UsageError(
    'doctor needs --origin, the origin of the pages with the widget, for example --origin https://shop.example',
  )
}

/** Prints a line for each check. The exit code is 0 when all is well, 1 when something fails or could not be checked. */
export const doctor = async (
  terminal: Terminal,
  given: string | undefined,
  options: DoctorOptions,
): Promise<number> => {
  if (!given)
    throw new UsageError(
      'doctor needs the address of the server, for example: tagalong doctor https://chat.example.com --origin https://shop.example',
    )
  const origin = readOrigin(options.origin)
  const checks = await examine(readServerArgument(given), origin)
  const uncheckedCount = checks.filter(({ code }) => code === 'unchecked').length
  const failedCount = checks.filter(({ ok }) => !ok).length - uncheckedCount
  const isGood = !failedCount && !uncheckedCount
  if (options.json) checks.forEach((check) => terminal.out(jsonLine(check)))
  else {
    checks.forEach(({ ok, name, says }) => terminal.out(`${ok ? '✓' : '✗'} ${name.padEnd(10)} ${printable(says)}`))
    const rest = uncheckedCount ? `, ${uncheckedCount} could not be made` : ''
    terminal.out(
      `\n${isGood ? `All ${checks.length} checks passed.` : `${failedCount} of ${checks.length} checks failed${rest}.`}`,
    )
  }
  return isGood ? 0 : 1
}
