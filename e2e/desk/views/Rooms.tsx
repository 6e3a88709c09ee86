import { h } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ChatRoom } from '../../../src/agent.ts'
import { Card, Earlier } from './Card.tsx'
import type { Conversations } from '../conversations.ts'
import { AgentActions, Statuses } from './AgentActions.tsx'
import { dayTime, now, remember, remembered } from '../time.ts'
import { Reply } from './Reply.tsx'
import { Tabs } from './Tabs.tsx'
import { Talk } from './Talk.tsx'
import { Trail } from './Trail.tsx'
import { formatDuration } from '../../../src/cli/formatDuration.ts'

const stateOf = (room: ChatRoom): string =>
  !room.open ? 'closed' : room.agent ? `with ${room.agent.username ?? 'an agent'}` : 'waiting'

const Row = ({ room, onChoose }: { room: ChatRoom; onChoose(): void }) => (
  <li>
    <button
      type="button"
      class={`room ${room.open ? (room.agent ? 'served' : 'waiting') : 'closed'}`}
      onClick={onChoose}
    >
      <span class="who">{room.name ?? room.visitor?.username ?? room.id}</span>
      <time>{dayTime(room.lastMessageAt ?? room.openedAt ?? now.value)}</time>
      <span class="hint">
        {stateOf(room)}, {room.messageCount} entries
      </span>
    </button>
  </li>
)

const List = ({ desk }: { desk: Conversations }) => {
  const rooms = desk.rooms.value
  return (
    <div class="list">
      {desk.control && (
        <Statuses
          control={desk.control}
          onProblem={(error) => (desk.problem.value = { says: (error as Error).message })}
        />
      )}
      {rooms.length ? (
        <ul class="rooms">
          {rooms.map((room) => (
            <Row
              key={room.id}
              room={room}
              onChoose={() => {
                remember('room', room.id)
                desk.select(room.id)
              }}
            />
          ))}
        </ul>
      ) : (
        <div class="empty">
          <p>No conversations yet.</p>
          <p>A visitor appears here with their first message, and the pages they have seen until then come along.</p>
        </div>
      )}
      {!desk.control && (
        <button type="button" class="quiet" onClick={() => void desk.loadRooms()}>
          Look again
        </button>
      )}
    </div>
  )
}

const panes = { trail: 'Trail', talk: 'Messages', visitor: 'Visitor' } as const
type Pane = keyof typeof panes

const Detail = ({ desk, room }: { desk: Conversations; room: ChatRoom }) => {
  const [pane, setPane] = useState<Pane>((remembered('pane') as Pane | undefined) ?? 'trail')
  useEffect(() => remember('pane', pane), [pane])
  const onProblem = (error: unknown) => (desk.problem.value = { says: (error as Error).message })
  return (
    <article class="detail" data-pane={pane}>
      <header>
        <button
          type="button"
          class="quiet back"
          onClick={() => {
            remember('room', undefined)
            desk.select(undefined)
          }}
        >
          All
        </button>
        <h2>{room.name ?? room.visitor?.username}</h2>
        <span class="hint">{stateOf(room)}</span>
        <span class="hint">
          room <code>{room.id}</code>
        </span>
      </header>
      {desk.control && <AgentActions room={room} control={desk.control} onProblem={onProblem} />}
      <Tabs<Pane> label="About this visitor" names={panes} current={pane} onChoose={setPane} class="panes" />
      <div class="columns">
        <section data-of="talk" aria-label="Messages">
          <Talk
            messages={desk.messages.value}
            typing={desk.typing.value}
            hidden={room.visitor?.token ? undefined : 'This server keeps the messages to itself.'}
          />
          {!desk.control ? (
            <p class="hint">A real server: this desk only reads. Answer in Rocket.Chat itself.</p>
          ) : room.open ? (
            <Reply room={room} control={desk.control} onProblem={onProblem} />
          ) : (
            <p class="hint">This conversation has ended.</p>
          )}
        </section>
        <section data-of="trail" aria-label="Trail">
          <Trail visits={desk.trail.value} open={room.open} />
        </section>
        <section data-of="visitor" aria-label="Visitor">
          <Card visitor={desk.visitor.value} />
          <h3>Earlier conversations</h3>
          <Earlier rooms={desk.earlier.value} current={room.id} onChoose={desk.select} />
        </section>
      </div>
    </article>
  )
}

const Trouble = ({ desk }: { desk: Conversations }) => {
  const problem = desk.problem.value
  if (!problem) return null
  const leftMs = problem.untilMs === undefined ? undefined : problem.untilMs - now.value
  return (
    <p class="problem" role="status">
      {problem.says} {leftMs !== undefined && leftMs > 0 && `Asking again in ${formatDuration(leftMs)}.`}
      <button type="button" class="quiet" aria-label="Dismiss" onClick={() => (desk.problem.value = undefined)}>
        ×
      </button>
    </p>
  )
}

export const Rooms = ({ desk }: { desk: Conversations }) => (
  <div class={`conversations ${desk.selected.value ? 'one' : 'all'}`}>
    <Trouble desk={desk} />
    <List desk={desk} />
    {desk.selected.value && <Detail key={desk.selected.value.id} desk={desk} room={desk.selected.value} />}
  </div>
)
