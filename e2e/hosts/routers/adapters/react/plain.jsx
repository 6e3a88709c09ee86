/** Without a router, for what has none: React 18, and Preact in React's place. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.jsx'
import { go } from '../links.js'

createRoot(document.getElementById('app')).render(
  <StrictMode>
    <App>
      <a href="/shoes" onClick={(event) => go(event, 'Shoes')}>
        Shoes
      </a>
      <a href="/hats" onClick={(event) => go(event, 'Hats')}>
        Hats
      </a>
    </App>
  </StrictMode>,
)
