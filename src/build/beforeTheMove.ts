/** Where files will stand that have not been moved yet: today's path → the folder that decides which download they are in. */
const moved: Record<string, string> = {
  'src/face.ts': 'src/launcher/index.ts',
  'src/ui/inside.ts': 'src/chat/index.ts',
}
const talk = /^src\/chat\/(body|calls|failures|forms|history|inbox|moment|notices|polling|presence|realtime|shape|typing|uploads|verbs|talk)\.ts$/

export const beforeTheMove = (path: string): string =>
  moved[path] ??
  path
    .replace(talk, 'src/chat/talk/$1.ts')
    .replace(/^src\/chat\/triggers\.ts$/, 'src/triggers.ts')
    .replace(/^src\/ui\/edges\//, 'src/ui/screens/')
    .replace(/^src\/(words|words\.ts|check\.ts|texts\.ts)(\/|$)/, 'src/diagnosis/$1$2')
    .replace(/^src\/core\/trouble\.ts$/, 'src/recovery/index.ts')

/** Where a file of the tables stands today, by where it will stand. */
const standing: Record<string, string> = {
  'src/browser/send.ts': 'src/core/sender.ts',
  'src/browser/database.ts': 'src/core/storage.ts',
  'src/browser/tabs.ts': 'src/core/tabs.ts',
  'src/browser/lock.ts': 'src/core/lock.ts',
  'src/browser/clock.ts': 'src/core/clock.ts',
  'src/browser/id.ts': 'src/core/id.ts',
  'src/browser/addressChanges.ts': 'src/core/moves.ts',
  'src/browser/title.ts': 'src/core/title.ts',
  'src/browser/page.ts': 'src/core/page.ts',
  'src/launcher/badge.ts': 'src/core/badge.ts',
  'src/tracking/api.ts': 'src/core/api.ts',
  'src/tracking/index.ts': 'src/core/index.ts',
  'src/tracking/events.ts': 'src/core/events.ts',
  'src/recovery/historyPatch.ts': 'src/core/wrapping.ts',
  'src/chat/talk/uploads.ts': 'src/chat/uploads.ts',
  'src/chat/talk/realtime.ts': 'src/chat/realtime.ts',
  'src/diagnosis/socket.ts': 'src/words/socket.ts',
}

export const standsAt = (path: string): string => standing[path] ?? path

/** Files of another folder than the one they stand in. */
export const notHeldYet = ['src/ui/inside.ts']
