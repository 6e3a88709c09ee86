import { UsageError } from './terminal'

/** The origin of the pages in whose name a command asks. */
export const readOrigin = (given: string | undefined, command: string): string => {
  try {
    const { origin, protocol } = new URL(given ?? '')
    if (/^https?:$/.test(protocol)) return origin
  } catch {
    // No address at all.
  }
  throw new UsageError(
    `${command} needs --origin, the origin of the pages with the widget, for example --origin https://shop.example`,
  )
}
