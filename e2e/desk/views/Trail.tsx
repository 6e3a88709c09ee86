import { Fragment, h } from 'preact'
import type { Visit } from '../../../src/agent.ts'
import { formatDuration } from '../../../src/cli/formatDuration.ts'
import { dayTime, now } from '../time.ts'
import { Address } from './Breakable.tsx'

const shortAddress = (href: string): string => {
  try {
    const { host, pathname, search, hash } = new URL(href)
    return host === location.host ? pathname + search + hash : host + pathname + search + hash
  } catch {
    return href
  }
}

const Stop = ({ visit, stayedMs, here }: { visit: Visit; stayedMs?: number; here: boolean }) => (
  <li class={here ? 'here' : ''}>
    <time dateTime={new Date(visit.at).toISOString()}>{dayTime(visit.at)}</time>
    <div>
      <span class="page">{visit.title || <Address text={shortAddress(visit.href)} />}</span>
      {visit.link ? (
        <a href={visit.link} target="_blank" rel="noreferrer noopener">
          <Address text={shortAddress(visit.href)} />
        </a>
      ) : (
        <span class="unlinked">
          <Address text={visit.href} />
        </span>
      )}
    </div>
    <span class="stay" title={here ? 'Here for' : 'Stayed for'}>
      {stayedMs === undefined ? '' : formatDuration(stayedMs)}
    </span>
  </li>
)

/** The newest page on top; each with how long the visitor stayed before the next. */
export const Trail = ({ visits, open }: { visits: Visit[]; open: boolean }) => {
  const first = visits[0]
  const last = visits.at(-1)
  if (!first || !last) return <p class="empty">No pages yet. Walk through the shop and they appear here.</p>
  return (
    <Fragment>
      <p class="hint">
        {visits.length} {visits.length === 1 ? 'page' : 'pages'}, {formatDuration(last.at - first.at)} from the first to
        the last
      </p>
      <ol class="trail">
        {visits
          .map((visit, index) => {
            const next = visits[index + 1]
            const here = visit === last && open
            return (
              <Stop
                key={visit.id}
                visit={visit}
                here={here}
                stayedMs={next ? next.at - visit.at : here ? now.value - visit.at : undefined}
              />
            )
          })
          .reverse()}
      </ol>
    </Fragment>
  )
}
