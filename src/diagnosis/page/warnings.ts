import type { Check } from '../../options'

/** Whether this page has had a warning on its console, which is long gone when somebody asks what is wrong. */
export const checkOfWarnings = (warned: ReadonlySet<string>): Check =>
  warned.size
    ? {
        name: 'warnings',
        ok: false,
        code: 'warned',
        says: `The console of this page was told: ${[...warned].join(' ')}`,
      }
    : { name: 'warnings', ok: true, says: 'Nothing was said on the console of this page.' }
