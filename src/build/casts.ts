import { readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'

/** Where a cast needs its reason. */
const folders = [
  'src',
  ...['backend', 'bench', 'desk', 'engines', 'fakes', 'hosts/gallery', 'model', 'shop', 'specs', 'stage'].map(
    (name) => `e2e/${name}`,
  ),
]
const exempt = /\.(test|spec)\.tsx?$/

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof Object(value).type === 'string'

/** What a cast is called that tells the compiler something the compiler cannot check. */
const nameOf = ({ type, expression, typeAnnotation }: Node): string | undefined => {
  if (type === 'TSNonNullExpression') return '!'
  if (type !== 'TSAsExpression' || !isNode(typeAnnotation) || !isNode(expression)) return undefined
  if (typeAnnotation.type === 'TSNeverKeyword') return 'as never'
  const isTwice =
    expression.type === 'TSAsExpression' &&
    isNode(expression.typeAnnotation) &&
    expression.typeAnnotation.type === 'TSUnknownKeyword'
  return isTwice ? 'as unknown as' : undefined
}

/** Casts without a comment on their own line or on the one above, as `line: name`. */
export const unreasoned = (fileName: string, code: string): string[] => {
  const { program, comments } = parseSync(fileName, code)
  const lineOf = (offset: number) => code.slice(0, offset).split('\n').length
  const commented = new Set(comments.flatMap(({ start, end }) => [lineOf(start), lineOf(end), lineOf(end) + 1]))
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isNode(value)) return
    const name = nameOf(value)
    const line = lineOf(value.end)
    if (name && !commented.has(line)) found.push(`${line}: ${name}`)
    Object.values(value).forEach(visit)
  }
  visit(program)
  return found
}

/** `node src/build/run.mjs casts [folder…]` */
export const main = (given: string[]): number => {
  const files = (given.length ? given : folders).flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !exempt.test(name) && !/(^|\/)(node_modules|dist)\//.test(name))
      .map((name) => `${folder}/${name}`),
  )
  const complaints = files.flatMap((file) =>
    unreasoned(file, readFileSync(file, 'utf8')).map(
      (what) => `${file}:${what} needs a comment beside it that says why it is true`,
    ),
  )
  for (const complaint of complaints) console.error(complaint)
  return complaints.length ? 1 : 0
}
