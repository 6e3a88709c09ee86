import { bigEmoji } from './emoji.ts'
import { parseInline } from './inline.ts'
import { plain, type Inline } from './nodes.ts'

export type Block = { type: string; value?: unknown; level?: number; language?: string }

/** Takes lines from the front for as long as they are of one kind. */
function take<Line>(lines: string[], read: (line: string) => Line | undefined): Line[] {
  const taken: Line[] = []
  for (const line of lines) {
    const known = read(line)
    if (known === undefined) break
    taken.push(known)
  }
  lines.splice(0, taken.length)
  return taken
}

const paragraph = (line: string): Block => ({ type: 'PARAGRAPH', value: parseInline(line) })
const item = (value: Inline[], number?: number) => ({
  type: 'LIST_ITEM',
  value,
  ...(number === undefined ? {} : { number }),
})

const quoted = (line: string) => /^>\s?(.*)$/.exec(line)?.[1]
const task = (line: string) => {
  const match = /^- \[([ x])\] (.+)$/.exec(line)
  return match ? { type: 'TASK', status: match[1] === 'x', value: parseInline(match[2] ?? '') } : undefined
}
const bullet = (mark: string) => (line: string) =>
  line.startsWith(`${mark} `) && line.trim().length > 1 ? item(parseInline(line.slice(2))) : undefined
const numbered = (line: string) => {
  const match = /^(\d+)\. (.+)$/.exec(line)
  return match ? item(parseInline(match[2] ?? ''), Number(match[1])) : undefined
}

function codeBlock(lines: string[]): Block | undefined {
  const fence = /^```([\w-]*)\s*$/.exec(lines[0] ?? '')
  const end = fence ? lines.indexOf('```', 1) : -1
  if (!fence || end < 2) return undefined
  const value = lines.slice(1, end).map((line) => ({ type: 'CODE_LINE', value: plain(line) }))
  lines.splice(0, end + 1)
  return { type: 'CODE', language: fence[1] || 'none', value }
}

function nextBlock(lines: string[]): Block {
  const code = codeBlock(lines)
  if (code) return code
  const quotes = take(lines, quoted)
  if (quotes.length > 0) return { type: 'QUOTE', value: quotes.map(paragraph) }
  const tasks = take(lines, task)
  if (tasks.length > 0) return { type: 'TASKS', value: tasks }
  for (const mark of ['-', '*']) {
    const items = take(lines, bullet(mark))
    if (items.length > 0) return { type: 'UNORDERED_LIST', value: items }
  }
  const steps = take(lines, numbered)
  if (steps.length > 0) return { type: 'ORDERED_LIST', value: steps }
  const line = lines.shift() ?? ''
  const heading = /^(#{1,4}) (.+)$/.exec(line)
  if (heading) {
    const [, marks = '', words = ''] = heading
    return { type: 'HEADING', level: marks.length, value: [plain(words)] }
  }
  return line === '' ? { type: 'LINE_BREAK' } : paragraph(line)
}

/** The tree a server sends beside a message's text. Every line is a paragraph of its own. */
export function parseMarkdown(text: string): Block[] {
  const big = bigEmoji(text)
  if (big) return [{ type: 'BIG_EMOJI', value: big }]
  const lines = text.split('\n')
  if (lines.length > 1 && lines.at(-1) === '') lines.pop()
  const blocks: Block[] = []
  while (lines.length > 0) blocks.push(nextBlock(lines))
  return blocks
}
