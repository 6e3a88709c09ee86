import { useState } from 'react'
import { TagalongProvider, useTagalong } from '@tagalong/livechat/react'
import { Opened } from './Opened.jsx'
import { sayState } from '../state.js'

const Help = () => {
  const { chat, ...state } = useTagalong()
  return (
    <>
      <output>{sayState(state)}</output>
      <button onClick={() => chat.open()}>Help</button>
    </>
  )
}

/** The widget and all that speaks of it can be taken away and put back, and its colours follow the page's. */
export const App = ({ children }) => {
  const [isThere, setThere] = useState(true)
  const [theme, setTheme] = useState('light')
  return (
    <>
      {children}
      <button onClick={() => setThere(!isThere)}>{isThere ? 'Take away' : 'Put back'}</button>
      <button onClick={() => setTheme('dark')}>Darken</button>
      {isThere && (
        <TagalongProvider server="https://chat.example.com" theme={theme} appearance={{ title: 'Ask us' }}>
          <Help />
          <Opened />
        </TagalongProvider>
      )}
    </>
  )
}
