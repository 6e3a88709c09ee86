export interface Download {
  /** What the file is called, without its hash. */
  name: string
  /** Whose files are in it. The longest folder that fits a file decides. */
  folders: string[]
  /** Whose packages are in it. */
  packages?: string[]
  /** The module that others import from. A download without one is a single `import()`, and the bundler gives that a file by itself. */
  entry?: string
  /** Folders, or files, of other downloads that this one carries a copy of: what keeps no state, and would cost more where everybody has it. */
  copies?: string[]
}

/**
 * Folder → download. Each is fetched after those above it, so what several need lies in the first of them that needs it.
 * `tagalong.js` and recovery are built apart from the others, and carry what they share.
 */
export const downloads: Download[] = [
  { name: 'tagalong', folders: ['src/tagalong.ts', 'src/tracking'], packages: ['idb-keyval'] },
  // The whole of tagalong.js, and before it the calls of the official widget.
  {
    name: 'rocketchat-livechat',
    folders: ['src/rocketchat.ts', 'src/dialect'],
    copies: ['src/tagalong.ts', 'src/tracking'],
  },
  {
    name: 'recovery',
    folders: ['src/recovery'],
    copies: ['src/diagnosis', 'src/tracking/keys.ts', 'src/tracking/askConfig.ts', 'src/tracking/bounds.ts'],
  },
  {
    name: 'launcher',
    folders: ['src/launcher'],
    entry: 'src/launcher/index.ts',
    packages: ['preact'],
    copies: ['src/tracking/keys.ts', 'src/tracking/askConfig.ts'],
  },
  {
    name: 'chat',
    // Talk and the screens both check an e-mail address, and would otherwise have it from a file of its own.
    folders: ['src/chat', 'src/visitor', 'src/wire/email.ts'],
    entry: 'src/chat/index.ts',
    packages: ['@preact/signals-core'],
  },
  {
    name: 'panel',
    folders: ['src/ui/panel', 'src/ui/view'],
    entry: 'src/ui/panel/index.tsx',
    packages: ['@preact/signals', 'preact/hooks'],
  },
  { name: 'talk', folders: ['src/chat/talk'] },
  { name: 'triggers', folders: ['src/chat/triggers'] },
  { name: 'patterns', folders: ['src/chat/patterns'] },
  { name: 'identity', folders: ['src/visitor/identity'] },
  { name: 'greeting', folders: ['src/launcher/greeting'] },
  { name: 'steering', folders: ['src/launcher/steering'] },
  {
    name: 'context',
    folders: ['src/launcher/context'],
    copies: ['src/tracking/keys.ts', 'src/tracking/redact.ts', 'src/tracking/secrets.ts'],
  },
  { name: 'messages', folders: ['src/ui/messages'] },
  { name: 'screens', folders: ['src/ui/screens'] },
  { name: 'blocks', folders: ['src/ui/blocks'] },
  { name: 'diagnosis', folders: ['src/diagnosis'] },
]

/** Types, pure functions, and the browser's powers, which keep no state: they are in every download that uses them. */
export const sharedFolders = ['src/options', 'src/wire', 'src/browser']

/** Each language is a file of its own, which `languages` and `editions` in plugins.ts see to. */
export const languageFile = /^src\/ui\/strings\/([a-z]{2}(?:-[A-Z]{2})?)\.ts$/

export const isIn = (folder: string, path: string): boolean => path === folder || path.startsWith(`${folder}/`)

/** The download that a file of `src` is in; undefined for shared folders, languages and entries of other builds. */
export const downloadOf = (path: string): string | undefined => {
  const folder = downloads
    .flatMap(({ folders }) => folders)
    .filter((name) => isIn(name, path))
    .sort((one, other) => other.length - one.length)[0]
  return downloads.find(({ folders }) => folders.includes(folder ?? ''))?.name
}

const root = `${process.cwd()}/`

/** The download that a module is in, by the bundler's name for it: a path with a query. */
const downloadOfModule = (id: string): string | undefined => {
  const [, inPackage] = /.*\/node_modules\/(.+)/.exec(id) ?? []
  if (!inPackage) return downloadOf(id.replace(root, '').replace(/\?.*$/, ''))
  const fitting = downloads.flatMap(({ name, packages = [] }) =>
    packages.filter((folder) => isIn(folder, inPackage)).map((folder) => ({ name, folder })),
  )
  return fitting.sort((one, other) => other.folder.length - one.folder.length)[0]?.name
}

/** For the bundler: the launcher imports the chat and the panel by `import()`; as entries they keep their names, and their own files. */
const withEntry = downloads.flatMap(({ name, entry }) => (entry ? [{ name, entry }] : []))
export const entries: Record<string, string> = Object.fromEntries(withEntry.map(({ name, entry }) => [name, entry]))

/** For the bundler: a group takes its folders' files, and with them everything they import that no group before has taken. */
export const groups = withEntry.map(({ name }, place) => ({
  name,
  test: (id: string) => downloadOfModule(id) === name,
  priority: withEntry.length - place,
}))
