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
