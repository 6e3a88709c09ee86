/** The two tables the lint configuration is made of: which file owns a power of the browser, and which folder may import which. */

export interface Power {
  /** Globals, or `object.property`. */
  names: string[]
  owners: string[]
}

/** One file, one power. Whoever needs a power is handed it, and a test hands a double of it. */
export const powers: Power[] = [
  { names: ['fetch'], owners: ['src/browser/send.ts'] },
  { names: ['XMLHttpRequest'], owners: ['src/chat/talk/uploads/uploadRequest.ts'] },
  { names: ['WebSocket'], owners: ['src/chat/talk/socket/ddp.ts', 'src/diagnosis/opensSocket.ts'] },
  { names: ['Worker'], owners: ['src/chat/patterns/besidePage.ts'] },
  { names: ['IDBKeyRange'], owners: ['src/browser/database.ts'] },
  {
    names: ['localStorage'],
    owners: ['src/tracking/index.ts', 'src/dialect/movingIn.ts', 'src/dialect/toldAgent.ts', 'src/snippet.ts'],
  },
  { names: ['sessionStorage'], owners: ['src/tracking/index.ts', 'src/snippet.ts'] },
  { names: ['BroadcastChannel'], owners: ['src/browser/tabs.ts'] },
  { names: ['navigator.locks'], owners: ['src/browser/lock.ts'] },
  { names: ['setTimeout'], owners: ['src/browser/clock.ts', 'src/diagnosis/opensSocket.ts'] },
  { names: ['clearTimeout'], owners: ['src/browser/clock.ts'] },
  { names: ['Date.now'], owners: ['src/browser/clock.ts', 'src/snippet.ts'] },
  { names: ['crypto'], owners: ['src/browser/id.ts', 'src/token.ts'] },
  { names: ['history'], owners: ['src/browser/addressChanges.ts', 'src/recovery/historyPatch.ts'] },
  { names: ['navigation'], owners: ['src/browser/addressChanges.ts'] },
  // Whatever a page writes may carry the name of what is asked for: only the document's own getters are to be trusted, and only this file asks them.
  { names: ['document.title'], owners: ['src/snippet.ts'] },
  {
    names: ['currentScript', 'baseURI', 'hidden', 'head', 'readyState', 'createElement', 'querySelector'].map(
      (name) => `document.${name}`,
    ),
    owners: [],
  },
  { names: ['addEventListener'], owners: ['src/browser/page.ts', 'src/snippet.ts', 'src/tagalong.ts'] },
  {
    names: ['console'],
    owners: [
      'src/tracking/events.ts',
      'src/tracking/start.ts',
      'src/tagalong.ts',
      'src/diagnosis/steps.ts',
      'src/dialect/warn.ts',
      'src/dialect/index.ts',
      'src/dialect/callbacks.ts',
    ],
  },
  // Any power can be taken out of it under another name, or asked for where a browser may lack it.
  {
    names: ['globalThis'],
    owners: [
      'src/browser/document.ts',
      'src/browser/send.ts',
      'src/browser/clock.ts',
      'src/recovery/historyPatch.ts',
      'src/ui/panel/narrow.ts',
      'src/tagalong.ts',
      'src/dialect/index.ts',
      'src/snippet.ts',
      'src/agent/agent.ts',
    ],
  },
  // The database is idb-keyval's to open; nothing here repeats.
  { names: ['indexedDB', 'window', 'setInterval', 'eval', 'alert'], owners: [] },
]

/** Code that runs in Node, or beside the widget in a test. */
export const withoutPowers = ['src/**/*.test.ts', 'src/cli.ts', 'src/cli/**', 'src/build/**']

export interface Arrow {
  from: string
  /** Folders, as seen from `src`, or single files of them, whose code may be imported. */
  values: string[]
  /** Folders whose types alone may be imported. */
  types: string[]
  /** Folders whose code may be fetched by `import()`: other downloads. */
  fetched: string[]
  /** Packages; the others are refused. */
  packages: string[]
}

/** Arrows only point down. What is not named here is refused. */
export const arrows: Arrow[] = [
  { from: 'options', values: [], types: [], fetched: [], packages: [] },
  { from: 'wire', values: [], types: [], fetched: [], packages: [] },
  { from: 'browser', values: ['wire'], types: [], fetched: [], packages: ['idb-keyval'] },
  {
    from: 'diagnosis',
    values: ['wire', 'browser/document', 'browser/redirects', 'tracking/keys'],
    types: ['browser', 'options', 'tracking'],
    fetched: [],
    packages: [],
  },
  { from: 'tracking', values: ['browser', 'wire', 'options'], types: [], fetched: ['recovery'], packages: [] },
  {
    from: 'recovery',
    values: ['browser', 'wire', 'options', 'diagnosis', 'tracking/keys', 'tracking/askConfig', 'tracking/bounds'],
    types: ['tracking'],
    fetched: [],
    packages: [],
  },
  {
    from: 'visitor',
    values: ['browser', 'wire', 'options', 'tracking/keys'],
    types: ['tracking'],
    fetched: ['diagnosis'],
    packages: [],
  },
  {
    from: 'chat',
    values: ['visitor', 'wire', 'browser/id', 'browser/document', 'browser/plain', 'tracking/keys'],
    types: ['browser', 'options', 'tracking', 'launcher', 'ui'],
    fetched: ['ui', 'launcher/greeting'],
    packages: ['@preact/signals-core'],
  },
  {
    from: 'dialect',
    values: [
      'browser/document',
      'browser/id',
      'browser/journal',
      'wire/coerce',
      'wire/visitor',
      'options',
      'tracking/keys',
    ],
    types: ['tracking', 'wire'],
    fetched: [],
    packages: [],
  },
  { from: 'adapters', values: ['tracking/start'], types: ['options'], fetched: [], packages: [] },
  {
    from: 'launcher',
    values: ['browser', 'wire/settingsAge', 'options', 'tracking/keys', 'tracking/askConfig', 'tracking/redact'],
    types: ['wire', 'tracking', 'visitor', 'chat'],
    fetched: ['chat', 'ui', 'diagnosis'],
    packages: ['preact'],
  },
  {
    from: 'ui',
    values: ['browser/document', 'browser/plain', 'wire/email', 'wire/media'],
    types: ['browser', 'visitor', 'chat', 'launcher'],
    fetched: [],
    packages: ['preact', 'preact/hooks', '@preact/signals'],
  },
  {
    from: 'agent',
    values: [
      'browser/clock',
      'browser/send',
      'browser/redirects',
      'browser/transport',
      'wire',
      'options',
      'diagnosis/redirected',
    ],
    types: ['browser'],
    fetched: [],
    packages: [],
  },
  {
    from: 'cli',
    values: ['agent', 'wire', 'diagnosis'],
    types: ['options'],
    fetched: ['../e2e/testing'],
    packages: [],
  },
]

/** The entries of the npm package that are made for a framework, or for whatever subscribes. */
export const adapters = ['react', 'vue', 'preact', 'store']

/** The entries at the top of `src`: whoever imports one builds a widget of its own. */
export const entries = ['tagalong', 'rocketchat', 'index', 'tracker', 'agent', 'token', 'cli', 'snippet', ...adapters]

/** Packages that are in a browser's download. */
export const packages = ['preact', 'preact/hooks', '@preact/signals', '@preact/signals-core', 'idb-keyval']
