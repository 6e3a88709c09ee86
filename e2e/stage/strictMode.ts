/** A React application in its development build, whose StrictMode runs every effect, cleans it up and runs it again. */
import { buildEntry } from './entry.ts'

/** Runs in the page. */
const entry = `
import { createElement, StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createTagalong } from '@tagalong/livechat'
import { createTracker } from '@tagalong/livechat/tracker'

const mountEffect = (effect) => {
  const App = () => {
    useEffect(effect, [])
    return null
  }
  createRoot(document.body.appendChild(document.createElement('div'))).render(createElement(StrictMode, null, createElement(App)))
}
const mountStrict = (server, cleansUp) =>
  mountEffect(() => {
    const chat = createTagalong({ server })
    return cleansUp ? () => chat.destroy() : undefined
  })
Object.assign(window, { createTagalong, createTracker, mountEffect, mountStrict })
`

/** The text of its script, which leaves in the window what a test mounts. */
export const buildStrictMode = (): Promise<string> => buildEntry(entry, 'development')

declare global {
  interface Window {
    createTagalong: (typeof import('../../src/index.ts'))['createTagalong']
    createTracker: (typeof import('../../src/tracker.ts'))['createTracker']
    mountStrict(server: string, cleansUp: boolean): void
    mountEffect(effect: () => (() => void) | undefined): void
  }
}
