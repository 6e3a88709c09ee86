/** @jsxImportSource preact */
import '@preact/signals'
import { render } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { createTagalongSignals } from '@tagalong/livechat/preact'
import { go } from '../links.js'
import { sayState } from '../state.js'

const Help = () => {
  const [{ chat, unread, open, agent, connection }] = useState(() =>
    createTagalongSignals({ server: 'https://chat.example.com' }),
  )
  useEffect(() => () => chat.destroy(), [chat])
  const state = { unread: unread.value, open: open.value, agent: agent.value, connection: connection.value }
  return (
    <>
      <output>{sayState(state)}</output>
      <button onClick={() => chat.open()}>Help</button>
    </>
  )
}

const App = () => {
  const [isThere, setThere] = useState(true)
  return (
    <>
      <a href="/shoes" onClick={(event) => go(event, 'Shoes')}>
        Shoes
      </a>
      <a href="/hats" onClick={(event) => go(event, 'Hats')}>
        Hats
      </a>
      <button onClick={() => setThere(!isThere)}>{isThere ? 'Take away' : 'Put back'}</button>
      {isThere && <Help />}
    </>
  )
}
render(<App />, document.getElementById('app'))
