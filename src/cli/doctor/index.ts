import { isUnchecked, printChecks } from '../checkLines'
import { readOrigin } from '../origin'
import { jsonLine, readServerArgument, UsageError, type Terminal } from '../terminal'
import { examine } from './examine'

export interface DoctorOptions {
  origin?: string
  json?: boolean
}

/** Prints a line for each check. The exit code is 0 when all is well, 1 when something fails or could not be checked. */
export const doctor = async (
  terminal: Terminal,
  given: string | undefined,
  options: DoctorOptions,
): Promise<number> => {
  if (!given)
    throw new UsageError(
      'doctor needs the address of the server, for example: npx @tagalong/livechat doctor https://chat.example.com --origin https://shop.example',
    )
  const origin = readOrigin(options.origin, 'doctor')
  const checks = await examine(readServerArgument(given), origin)
  const uncheckedCount = checks.filter(isUnchecked).length
  const failedCount = checks.filter(({ ok }) => !ok).length - uncheckedCount
  const isGood = !failedCount && !uncheckedCount
  if (options.json) checks.forEach((check) => terminal.out(jsonLine(check)))
  else {
    printChecks(terminal, checks)
    const rest = uncheckedCount ? `, ${uncheckedCount} could not be made` : ''
    terminal.out(
      `\n${isGood ? `All ${checks.length} checks passed.` : `${failedCount} of ${checks.length} checks failed${rest}.`}`,
    )
  }
  return isGood ? 0 : 1
}
