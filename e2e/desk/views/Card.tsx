import { Fragment, h } from 'preact'
import type { ChatRoom, VisitorInfo } from '../../../src/agent.ts'
import { dayTime } from '../time.ts'
import { Address } from './Breakable.tsx'

const Row = ({ name, children }: { name: string; children?: string }) =>
  children ? (
    <Fragment>
      <dt>{name}</dt>
      <dd>
        <Address text={children} />
      </dd>
    </Fragment>
  ) : null

const when = (ms: number | undefined) => (ms === undefined ? undefined : dayTime(ms))

export const Card = ({ visitor }: { visitor: VisitorInfo | undefined }) => {
  if (!visitor) return <p class="empty">Looking the visitor up…</p>
  const fields = Object.entries(visitor.customFields)
  return (
    <dl class="card">
      <Row name="Name">{visitor.name}</Row>
      <Row name="Username">{visitor.username}</Row>
      <Row name="Email">{visitor.emails.join(', ')}</Row>
      <Row name="Phone">{visitor.phones.join(', ')}</Row>
      <Row name="Status">{visitor.status}</Row>
      <Row name="Department">{visitor.department}</Row>
      {fields.map(([key, value]) => (
        <Row key={key} name={key}>
          {value}
        </Row>
      ))}
      <Row name="First seen">{when(visitor.createdAt)}</Row>
      <Row name="Browser">{visitor.userAgent}</Row>
      <Row name="Address">{visitor.ip}</Row>
      <Row name="Page">{visitor.host}</Row>
    </dl>
  )
}

export const Earlier = ({
  rooms,
  current,
  onChoose,
}: {
  rooms: ChatRoom[]
  current: string
  onChoose(id: string): void
}) => {
  const others = rooms.filter(({ id }) => id !== current)
  if (!others.length) return <p class="empty">This is the visitor’s first conversation.</p>
  return (
    <ul class="earlier">
      {others.map((room) => (
        <li key={room.id}>
          <button type="button" onClick={() => onChoose(room.id)}>
            <span>{when(room.openedAt) ?? room.id}</span>
            <span class="hint">
              {room.messageCount} messages{room.agent?.username ? `, ${room.agent.username}` : ''}
              {room.open ? ', still open' : ''}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
