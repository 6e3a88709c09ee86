import { readFile } from 'node:fs/promises'
import { officialNames, withoutCounterpart } from './officialNames'
import { printable, UsageError, type Terminal } from './terminal'

export interface MigrateOptions {
  /** Where the page gets our script from. */
  script?: string
}

const exampleScript = 'https://cdn.example.com/rocketchat-livechat.min.js'

const quoted = /(["'])([^"'\s]*)\1/g
/** The official script, of today's releases and of those before 1.0. */
const officialFile = /\/rocket(?:chat)?-livechat(?:\.min)?\.js$/
const callOfThis = /\bthis\s*(?:\?\.|\.)\s*([A-Za-z]\w*)\s*\(/g
const callOfLivechat = /\bRocketChat\s*\.\s*livechat\s*(?:\?\.|\.)\s*([A-Za-z]\w*)\s*\(/g

/** Every `RocketChat(…)` of a page, up to the parenthesis that closes it: functions in it call the widget by `this`. */
const spokenTo = (html: string): { text: string; start: number }[] =>
  [...html.matchAll(/\bRocketChat\s*\(/g)].map(({ 0: opening, index }) => {
    const start = index + opening.length
    let depth = 1
    let end = start
    for (; end < html.length && depth; end++) depth += html[end] === '(' ? 1 : html[end] === ')' ? -1 : 0
    return { text: html.slice(start, end), start }
  })

/** Every script element of a page, with what is in it. */
const scriptsIn = (html: string): string[] =>
  html.split(/(?=<script\b)/i).flatMap((part) => {
    const end = part.search(/<\/script>/i)
    return end > 0 && /^<script\b/i.test(part) ? [part.slice(0, end) + '</script>'] : []
  })

interface Remark {
  line: number
  says: string
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

const remarksOfCalls = (html: string): Remark[] => {
  const calls = [
    ...spokenTo(html).flatMap(({ text, start }) =>
      [...text.matchAll(callOfThis)].map(({ 1: name, index }) => ({ name, at: start + index })),
    ),
    ...[...html.matchAll(callOfLivechat)].map(({ 1: name, index }) => ({ name, at: index })),
  ]
  return calls.flatMap(({ name, at }) =>
    name && !officialNames.includes(name)
      ? [
          {
            line: lineAt(html, at),
            says: `${name}() has no counterpart: see what Tagalong((chat) => …) offers (README, Methods)`,
          },
        ]
      : [],
  )
}

const remarksOfHooks = (html: string): Remark[] =>
  html.split('\n').flatMap((text, index) =>
    withoutCounterpart.flatMap(([pattern, instead]) => {
      const found = pattern.exec(text)
      return found ? [{ line: index + 1, says: `${found[0]} has no counterpart: ${instead}` }] : []
    }),
  )

const read = async (file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new UsageError(`There is no file “${printable(file)}” that can be read`)
  }
}

/** Prints the page's snippet with the one address changed, and names what has no counterpart. The exit code is 0 when there is nothing left to do. */
export const migrate = async (
  terminal: Terminal,
  file: string | undefined,
  { script }: MigrateOptions,
): Promise<number> => {
  if (!file) throw new UsageError('migrate takes a file: migrate page.html')
  const html = await read(file)
  const changed = scriptsIn(html).flatMap((element) => {
    const after = element.replaceAll(quoted, (whole, quote: string, address: string) => {
      const [path = '', ...query] = address.split('?')
      return officialFile.test(path) ? quote + [script ?? exampleScript, ...query].join('?') + quote : whole
    })
    return after === element ? [] : [after]
  })
  if (!changed.length) {
    terminal.err(
      `${printable(file)} has no snippet of the official widget: no script “…/rocketchat-livechat.min.js” is named in it.`,
    )
    return 1
  }
  for (const line of changed.join('\n').split('\n')) terminal.out(line.split('\t').map(printable).join('\t'))
  if (!script) terminal.err(`Put the address of your own copy in place of ${exampleScript}, or name it with --script.`)
  const remarks = [...remarksOfCalls(html), ...remarksOfHooks(html)].sort((one, other) => one.line - other.line)
  for (const { line, says } of remarks) terminal.err(printable(`${file}:${line}: ${says}.`))
  return remarks.length ? 1 : 0
}
