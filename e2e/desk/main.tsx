import { Fragment, h, render } from 'preact'
import { useState } from 'preact/hooks'
import { createAgent, type Agent } from '../../src/agent.ts'
import { demoAgent } from '../backend/office/users.ts'
import { createControl, type Control } from './control.ts'
import { createConversations, type Conversations } from './conversations.ts'
import { Login } from './views/Login.tsx'
import { remember, remembered } from './time.ts'
import { Page } from './views/Page.tsx'
import { readAddresses, type Addresses } from './addresses.ts'
import { Rooms } from './views/Rooms.tsx'
import { createServerSide, Server, type ServerSide } from './views/Server.tsx'
import { Tabs } from './views/Tabs.tsx'

const parts = { conversations: 'Conversations', server: 'Server', page: 'Page' } as const
type Part = keyof typeof parts

/** What the desk works with; only the embedded server has a control door, and is logged in to at once. */
interface Opened {
  control?: Control
  side?: ServerSide
  first?: Conversations
  desk(agent: Agent): Conversations
}

const open = (addresses: Addresses): Opened => {
  const control = addresses.control ? createControl(addresses.control) : undefined
  const desk = (agent: Agent): Conversations => {
    const conversations = createConversations(agent, addresses.server, control)
    void conversations.start(remembered('room'))
    return conversations
  }
  const first =
    control && desk(createAgent({ server: addresses.server, userId: demoAgent._id, authToken: demoAgent.authToken }))
  return { control, desk, first, side: control && createServerSide(control) }
}

const Desk = ({ addresses, opened }: { addresses: Addresses; opened: Opened }) => {
  const { control, desk, first, side } = opened
  const names = side ? parts : { conversations: parts.conversations, page: parts.page }
  const key = side ? 'part' : 'part-real'
  const before = remembered(key) as Part | undefined
  const [part, setPart] = useState<Part>(before && before in names ? before : side ? 'conversations' : 'page')
  const [conversations, setConversations] = useState<Conversations | undefined>(first)
  const choose = (next: Part) => {
    remember(key, next)
    setPart(next)
  }
  return (
    <Fragment>
      <div class="head">
        <Tabs<Part>
          label="The desk"
          names={names as Record<Part, string>}
          current={part}
          onChoose={choose}
          class="parts"
        />
        {control && (
          <span
            class={`lamp ${control.live.value ? 'on' : ''}`}
            title={control.live.value ? 'The control door tells what happens' : 'The control door is silent'}
          />
        )}
      </div>
      <main>
        {part === 'conversations' &&
          (conversations ? (
            <Rooms desk={conversations} />
          ) : (
            <Login server={addresses.server} onAgent={(agent) => setConversations(desk(agent))} />
          ))}
        {part === 'server' && side && <Server side={side} />}
        {part === 'page' && <Page real={!control} />}
      </main>
    </Fragment>
  )
}

const addresses = readAddresses()
render(
  addresses ? (
    <Desk addresses={addresses} opened={open(addresses)} />
  ) : (
    <p class="empty">The desk needs to know its server: open it from the shop, or with ?server=… in its address.</p>
  ),
  // The element is in index.html beside this script.
  document.getElementById('desk')!,
)
