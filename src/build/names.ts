import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { parseSync } from 'vite'
import { folderOf } from './arrows.ts'
import { adapters, packages } from './house.ts'
import { filesOf } from './imports.ts'

/**
 * The convention: a function can be neither stored, nor sent, nor told to another tab, and neither can an object that has one. So a name that is
 * declared in our interfaces for such alone, and means nothing to anybody outside, may be shortened in what a page downloads. Nobody keeps a list: it
 * is derived from the source.
 */

/** Code by path. */
export type Sources = Record<string, string>

interface Node {
  type: string
  [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof Object(value).type === 'string'

const visit = (value: unknown, see: (node: Node, parent?: Node) => void, parent?: Node): void => {
  if (Array.isArray(value)) return value.forEach((each) => visit(each, see, parent))
  if (!isNode(value)) return
  see(value, parent)
  for (const child of Object.values(value)) visit(child, see, value)
}

/** Of an identifier, or of what is written like a text. */
const nameOf = (key: unknown): string => (isNode(key) ? String(key.name ?? key.value ?? '') : '')
/** Of a member's own type, behind its colon. */
const typeOf = (member: Node): Node | undefined =>
  isNode(member.typeAnnotation) && isNode(member.typeAnnotation.typeAnnotation)
    ? member.typeAnnotation.typeAnnotation
    : undefined
const isMember = ({ type }: Node) => type === 'TSMethodSignature' || type === 'TSPropertySignature'

/** What an `export` names. */
const handedOut = ({ type, declaration, specifiers }: Node): string[] => {
  if (type !== 'ExportNamedDeclaration') return []
  const { id, declarations } = Object(declaration) as Partial<Node>
  const declared = [id, ...(Array.isArray(declarations) ? declarations.map((each: Node) => each.id) : [])]
  const renamed = Array.isArray(specifiers) ? specifiers.map((each: Node) => each.exported) : []
  return [...declared, ...renamed].map(nameOf)
}

const walk = (sources: Sources, see: (path: string, node: Node, parent?: Node) => void): void => {
  for (const [path, code] of Object.entries(sources))
    visit(parseSync(path, code).program, (node, parent) => see(path, node, parent))
}

/** Whose members a host, a server or another release knows: what hosts see, in our own words or the official widget's, the protocol, the entries, and the words, whose files keep their names over releases. */
const isOutside = (path: string) => /^src\/((options|dialect|wire)\/|[^/]+$|.*\bstrings\b)/.test(path)

/** Tells whether a type is that of functions, or of objects that have functions: neither can be stored, nor sent, nor told to another tab. */
const functionTypesIn = (sources: Sources): ((type: Node | undefined) => boolean) => {
  /** Of functions, and of interfaces of ours that have some. */
  const types = new Set<string>()
  /** Members that have such a type. */
  const members = new Set<string>()
  const isFunction = (type: Node | undefined): boolean => {
    if (type?.type === 'TSFunctionType') return true
    // As in `guard: Tracking['guard']`.
    if (type?.type === 'TSIndexedAccessType')
      return isNode(type.indexType) && members.has(nameOf(type.indexType.literal))
    if (type?.type !== 'TSTypeReference') return false
    const { params: [, picked] = [] } = Object(type.typeArguments) as { params?: Node[] }
    if (nameOf(type.typeName) !== 'Pick') return types.has(nameOf(type.typeName))
    let hasFunction = false
    visit(picked, ({ literal }) => (hasFunction ||= members.has(nameOf(literal))))
    return hasFunction
  }
  const look = (path: string, node: Node) => {
    if (node.type === 'TSTypeAliasDeclaration' && isNode(node.typeAnnotation) && isFunction(node.typeAnnotation))
      types.add(nameOf(node.id))
    if (node.type === 'TSMethodSignature' || (node.type === 'TSPropertySignature' && isFunction(typeOf(node))))
      members.add(nameOf(node.key))
    if (node.type !== 'TSInterfaceDeclaration' || isOutside(path)) return
    const { body } = Object(node.body) as { body: Node[] }
    if (body.some((member) => member.type === 'TSMethodSignature' || isFunction(typeOf(member))))
      types.add(nameOf(node.id))
  }
  // A type may be declared after what is made of it.
  for (let size = -1; size < types.size + members.size;) {
    size = types.size + members.size
    walk(sources, look)
  }
  return isFunction
}

/** The names that may be shortened, those most used first. `known`: names that browsers and packages know. */
export const deriveNames = (sources: Sources, known: ReadonlySet<string>): string[] => {
  const isFunction = functionTypesIn(sources)

  const functions = new Set<string>()
  const others = new Set<string>()
  const uses = new Map<string, number>()
  const use = (name: string) => uses.set(name, (uses.get(name) ?? 0) + 1)
  walk(sources, (path, node, parent) => {
    if (isMember(node)) {
      const isOurs = !isOutside(path) && (node.type === 'TSMethodSignature' || isFunction(typeOf(node)))
      ;(isOurs ? functions : others).add(nameOf(node.key))
    }
    if ((node.type === 'MemberExpression' && !node.computed) || node.type === 'Property')
      use(nameOf(node.property ?? node.key))
    // A text may be the name of a member that is looked up by it.
    if (node.type === 'Literal' && parent?.type !== 'TSLiteralType') others.add(nameOf(node))
    // An attribute of an element of the page, not of a component.
    if (node.type === 'JSXOpeningElement' && /^[a-z]/.test(nameOf(node.name)))
      visit(node.attributes, ({ type, name }) => type === 'JSXAttribute' && others.add(nameOf(name)))
    // What a download hands out is asked for by its name when it is fetched: only the doors of folders are.
    if (/\/index\.tsx?$/.test(path)) for (const name of handedOut(node)) others.add(name)
  })
  return [...functions]
    .filter((name) => name.length > 1 && uses.has(name) && !others.has(name) && !known.has(name))
    .sort((one, other) => (uses.get(other) ?? 0) - (uses.get(one) ?? 0) || (one < other ? -1 : 1))
}

/** Every name that stands before a colon, behind a dot or in an interface. */
export const membersIn = (sources: Sources): Set<string> => {
  const found = new Set<string>()
  walk(sources, (_path, node) => {
    if ((node.type === 'MemberExpression' && !node.computed) || node.type === 'Property' || isMember(node))
      found.add(nameOf(node.property ?? node.key))
  })
  return found
}

const letters = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** Name → short name; none that a member of ours has already. */
export const shorten = (names: string[], taken: ReadonlySet<string>): Record<string, string> => {
  const free = [...letters, ...letters.flatMap((one) => letters.map((other) => one + other))].filter(
    (short) => !taken.has(short),
  )
  return Object.fromEntries(names.map((name, place) => [name, free[place] ?? name]))
}

const read = (paths: string[]): Sources => Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]))
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(folder)
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name}`)

/** Every text in a list of them. */
const textsIn = (sources: Sources): Set<string> => {
  const found = new Set<string>()
  walk(sources, (_path, node) => {
    if (node.type === 'Literal') found.add(nameOf(node))
  })
  return found
}

/**
 * Members of the language and of browsers: as TypeScript declares them, whose libraries are in a package for each system, and as terser has
 * listed them from browsers themselves, which have more.
 */
const browserNames = (): Set<string> => {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('typescript/package.json'))
  const folder = dirname(resolve(`@typescript/typescript-${process.platform}-${process.arch}/package.json`))
  const declared = membersIn(read(filesIn(`${folder}/lib`, /^lib\.(dom|es|decorators).*\.d\.ts$/)))
  return new Set([...declared, ...textsIn(read(['node_modules/terser/tools/domprops.js']))])
}

/** Members that the packages in a download use, and the attributes Preact declares. */
const packageNames = (): Set<string> =>
  membersIn(
    read([
      ...packages.flatMap((name) => filesIn(`node_modules/${name}/dist`, /\.m?js$/)),
      ...filesIn('node_modules/preact/src', /\.d\.ts$/),
    ]),
  )

/** Whose code is in no download. */
const elsewhere = ['build', 'cli', 'agent', 'adapters', ...adapters]

/** The downloads' code, and that of the npm files which share it; no tests, no tools. */
const house = (): Sources => read(filesOf('src').filter((path) => !elsewhere.includes(folderOf(path))))

/** Name → short name, the same for all downloads: they hand each other objects. */
export const shortNames = (): Record<string, string> => {
  const sources = house()
  return shorten(deriveNames(sources, new Set([...browserNames(), ...packageNames()])), membersIn(sources))
}
