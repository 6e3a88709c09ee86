import type { Answer } from '../http/envelope.ts'
import { serveFile } from '../http/static.ts'

/** What lies beside the door, for people without a site of their own. */
export interface DoorFolders {
  /** The built widget, at the top: `/tagalong.js`, `/chunks/…`. */
  widget: string
  /** The demo, the desk and what they need. */
  pages: string
}

export interface Places {
  origin: string
  control: string
  /** The address of `tagalong.js`. */
  script: string
}

/** Where the livechat server, its control door and the script are, put into a page. */
export const withPlaces = (html: string, { origin, control, script }: Places): string =>
  html
    .replaceAll('%TAGALONG_SERVER%', origin)
    .replaceAll('%TAGALONG_CONTROL%', control)
    .replaceAll('%TAGALONG_SCRIPT%', script)

/** The widget's files, for pages of any origin, as a content network hands them out. Undefined where there is none of that name. */
export const serveWidget = async ({ widget }: DoorFolders, path: string): Promise<Answer | undefined> => {
  const file = await serveFile(widget, path)
  return file.status === 200 ? { ...file, headers: { ...file.headers, 'Access-Control-Allow-Origin': '*' } } : undefined
}

const shortNames: Record<string, string> = { '/desk/': '/e2e/desk/index.html' }

/** The demo and the desk. The demo has the door's token in it: no page of another origin may read it. */
export const servePage = async (
  { pages }: DoorFolders,
  path: string,
  places: () => Places,
): Promise<Answer | undefined> => {
  if (path === '/') return { status: 302, headers: { Location: '/demo.html' }, body: '' }
  const file = await serveFile(pages, Object.hasOwn(shortNames, path) ? (shortNames[path] ?? path) : path)
  if (file.status !== 200) return undefined
  return path === '/demo.html' ? { ...file, body: withPlaces(String(file.body), places()) } : file
}
