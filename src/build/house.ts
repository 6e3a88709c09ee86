/** The two tables the lint configuration is made of: which file owns a power of the browser, and which folder may import which. */

export interface Power {
  /** Globals, or `object.property`. */
  names: string[]
  owners: string[]
}

/** One file, one power. Whoever needs a power is handed it, and a test hands a double of it. */
export const powers: Power[] = [
  { names: ['fetch'], owners: ['src/browser/send.ts'] },
  { names: ['XMLHttpRequest'], owners: ['src/chat/talk/uploads.ts'] },
  { names: ['WebSocket'], owners: ['src/chat/talk/realtime.ts', 'src/diagnosis/socket.ts'] },
  { names: ['IDBKeyRange'], owners: ['src/browser/database.ts'] },
  { names: ['localStorage'], owners: ['src/tracking/index.ts', 'src/snippet.ts'] },
  { names: ['sessionStorage'], owners: ['src/tracking/index.ts', 'src/snippet.ts'] },
  { names: ['BroadcastChannel'], owners: ['src/browser/tabs.ts'] },
  { names: ['navigator.locks'], owners: ['src/browser/lock.ts'] },
  { names: ['setTimeout'], owners: ['src/browser/clock.ts', 'src/diagnosis/socket.ts'] },
  { names: ['clearTimeout'], owners: ['src/browser/clock.ts'] },
  { names: ['Date.now'], owners: ['src/browser/clock.ts', 'src/snippet.ts'] },
  { names: ['crypto'], owners: ['src/browser/id.ts'] },
  { names: ['history'], owners: ['src/browser/addressChanges.ts', 'src/recovery/historyPatch.ts'] },
  { names: ['navigation'], owners: ['src/browser/addressChanges.ts'] },
  { names: ['document.title'], owners: ['src/browser/title.ts', 'src/launcher/badge.ts', 'src/snippet.ts'] },
  { names: ['document.currentScript'], owners: ['src/tagalong.ts'] },
  { names: ['addEventListener'], owners: ['src/browser/page.ts', 'src/snippet.ts', 'src/tagalong.ts'] },
  { names: ['console'], owners: ['src/tracking/events.ts', 'src/tagalong.ts', 'src/start.ts'] },
  // Any power can be taken out of it under another name, or asked for where a browser may lack it.
  {
    names: ['globalThis'],
    owners: [
      'src/browser/send.ts',
      'src/browser/clock.ts',
      'src/browser/addressChanges.ts',
      'src/recovery/historyPatch.ts',
      'src/tracking/api.ts',
      'src/ui/panel/phone.ts',
      'src/tagalong.ts',
      'src/snippet.ts',
      'src/agent.ts',
    ],
  },
  // The database is idb-keyval's to open; nothing here repeats.
  { names: ['indexedDB', 'window', 'setInterval', 'eval', 'alert'], owners: [] },
]

/** Code that runs in Node, or beside the widget in a test. */
export const withoutPowers = ['src/**/*.test.ts', 'src/cli.ts', 'src/cli/**', 'src/build/**']

export interface Arrow {
  from: string
  /** Folders of `src` whose code may be imported. `!browser/clock` after `browser` would be an exception. */
  values: string[]
  /** Folders of `src` whose types alone may be. By `import()` their code may come too. */
  types: string[]
  /** Packages; the others are refused. */
  packages: string[]
}

/** Arrows only point down. What is not named here is refused. */
export const arrows: Arrow[] = [
  { from: 'options', values: [], types: [], packages: [] },
  { from: 'wire', values: [], types: [], packages: [] },
  { from: 'browser', values: ['wire'], types: ['options'], packages: ['idb-keyval'] },
  { from: 'diagnosis', values: ['wire', 'options'], types: ['browser', 'tracking'], packages: [] },
  { from: 'tracking', values: ['browser', 'wire', 'options'], types: ['recovery'], packages: [] },
  { from: 'recovery', values: ['browser', 'wire', 'options', 'diagnosis'], types: ['tracking'], packages: [] },
  { from: 'visitor', values: ['browser', 'wire', 'options'], types: ['tracking', 'diagnosis'], packages: [] },
  { from: 'chat', values: ['wire', 'options', 'visitor', 'browser'], types: ['tracking'], packages: ['@preact/signals-core'] },
  { from: 'ui', values: ['wire', 'options'], types: ['chat', 'visitor', 'launcher'], packages: ['preact', 'preact/hooks', '@preact/signals'] },
  { from: 'launcher', values: ['browser', 'wire', 'options', 'ui/strings'], types: ['tracking', 'visitor', 'chat', 'ui', 'diagnosis'], packages: ['preact'] },
  { from: 'agent', values: ['wire', 'options', 'browser/clock', 'browser/send'], types: [], packages: [] },
  { from: 'cli', values: ['agent', 'wire', 'options', 'diagnosis', 'browser/clock', 'browser/send'], types: [], packages: [] },
]

/** The entries at the top of `src`: whoever imports one builds a widget of its own. */
export const entries = ['tagalong', 'index', 'tracker', 'agent', 'cli', 'snippet']

/** Packages that are in a browser's download. */
export const packages = ['preact', 'preact/hooks', '@preact/signals', '@preact/signals-core', 'idb-keyval']
