import type { Tracking } from '../tracking/contracts'

/** With `debug`: each step of a visit in a line of its own. Requests are taken from the browser's own timings. */
export const logSteps = ({ on, server }: Pick<Tracking, 'on' | 'server'>): void => {
  const log = (step: string) => console.log(`[Tagalong] ${step}`)
  on('visit', ({ href, title }) => log(`visit stored: ${href} “${title}”`))
  on('delivered', ({ href }) => log(`visit delivered: ${href}`))
  on('drop', ({ href, reason, says = '' }) => log(`visit given up (${reason}): ${href} ${says}`))
  on('registered', ({ username }) => log(`visitor registered: ${username}`))
  on('identity', () => log('visitor changed: a new token'))
  const observer = new PerformanceObserver((list) => {
    // The observer hears of no other type.
    for (const { name, responseStatus, duration } of list.getEntries() as PerformanceResourceTiming[])
      if (name.startsWith(`${server}/api/v1/`))
        log(
          `asked ${name.slice(server.length).split('?')[0]}: ${responseStatus || 'no answer'} in ${Math.round(duration)} ms`,
        )
  })
  observer.observe({ type: 'resource', buffered: true })
  on('destroy', () => observer.disconnect())
}
