import { minify, parseAst, type Plugin } from 'vite'

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)
const everyNode = (node: Node, look: (node: Node, parent: Node) => void, parent = node): void => {
  look(node, parent)
  for (const child of childrenOf(node)) everyNode(child, look, node)
}
const isFunction = ({ type }: Node) => /^(Function|ArrowFunction)/.test(type)
const parameters = (node: Node) => (node.params as Node[]).map(({ name }) => name)
const memberName = (node: unknown): unknown => (isNode(node) && node.type === 'MemberExpression' && !node.computed ? (node.property as Node).name : undefined)

/** No component here has one of these, or is one: there are no classes, no contexts, no suspense. And what is drawn into is empty at first. */
const absent = new Set([
  'contextType', 'getChildContext', 'getDerivedStateFromProps', 'getDerivedStateFromError', 'getSnapshotBeforeUpdate',
  'componentWillMount', 'componentDidMount', 'componentWillReceiveProps', 'componentDidUpdate', 'defaultProps', 'debounceRendering',
  'is', 'firstChild', 'childNodes',
])
/** No element here is called so, or has such an attribute. */
const unheardOf = new Set(['dangerouslySetInnerHTML', 'math', 'foreignObject', 'template', 'style', 'popover', 'bigint'])
/** Marks of what was put off, or is taken over from the server's page. */
const marks = new Set([32, 128])

/** What an expression is known to be, by what is said above. */
const fact = (node: Node): string | undefined => {
  const { left, right, operator } = node as Node & { left?: Node; right?: Node; operator?: string }
  // A promise that was thrown is another thing than the language's own.
  if (absent.has(memberName(node) as string) || (memberName(node) === 'then' && memberName(node.object) !== 'prototype')) return 'null'
  if (!left || !right) return undefined
  if (operator === '==' && [left, right].some(({ value }) => unheardOf.has(value as string))) return 'false'
  if (operator === '&' && [left, right].some(({ value }) => marks.has(value as number))) return '0'
  // Whether a component is a class.
  if (operator === '&&' && memberName(right) === 'render' && memberName(right.object) === 'prototype') return 'false'
  return undefined
}

const constant = (node: Node, assumed: (name: string) => string | undefined = () => undefined): string | undefined => {
  const value = (part: unknown) => constant(part as Node, assumed)
  const isFalse = (known: string | undefined) => known === 'null' || known === 'false' || known === '0'
  switch (node.type) {
    case 'ParenthesizedExpression':
      return value(node.expression)
    case 'Literal':
      return node.value === null ? 'null' : undefined
    case 'Identifier':
      return assumed(node.name as string)
    case 'UnaryExpression':
      if (node.operator === 'void') return 'null'
      return node.operator === '!' && ((node.argument as Node).value === 1 || value(node.argument) === 'true') ? 'false' : undefined
    case 'AssignmentExpression':
      return node.operator === '=' ? value(node.right) : undefined
    case 'LogicalExpression':
      return fact(node) ?? (node.operator === '&&' && isFalse(value(node.left)) ? value(node.left) : undefined)
    case 'ConditionalExpression':
      return value(node.consequent) === value(node.alternate) ? value(node.alternate) : undefined
    default:
      return fact(node)
  }
}

const cut = (code: string, cuts: [node: Node, text: string][]): string =>
  cuts
    .filter(([{ start, end }]) => !cuts.some(([other]) => other.start <= start && other.end >= end && other.end - other.start > end - start))
    .sort(([a], [b]) => b.start - a.start)
    .reduce((made, [{ start, end }, text]) => `${made.slice(0, start)}(${text})${made.slice(end)}`, code)

/** Where a variable is read, and what it is given, within a function. */
const usesOf = (name: string, inside: Node): { reads: Node[]; given: (Node | undefined)[] } => {
  const reads: Node[] = []
  const given: (Node | undefined)[] = []
  everyNode(inside, (node, parent) => {
    if (node.type !== 'Identifier' || node.name !== name) return
    if (parent.type === 'AssignmentExpression' && parent.left === node) given.push(parent.operator === '=' ? (parent.right as Node) : undefined)
    else if (/^(Update|ForIn|ForOf)/.test(parent.type) && parent.right !== node) given.push(undefined)
    else if (parent.type !== 'VariableDeclarator' && !isFunction(parent) && !(parent.property === node && !parent.computed) && !(parent.type === 'Property' && parent.key === node)) reads.push(node)
  })
  return { reads, given }
}

/** What is known where it stands, and the variables that are never given anything else. */
const sayFacts = (code: string): string => {
  const program = parseAst(code) as unknown as Node
  const cuts: [Node, string][] = []
  const visit = (node: Node, inside: Node): void => {
    const text = fact(node)
    if (text) return void cuts.push([node, text])
    // A copy is written down, not assigned: where a page has frozen `Object.prototype`, `constructor` could not be.
    const [into, from] = node.type === 'CallExpression' ? (node.arguments as Node[]) : []
    if (from && into?.type === 'ObjectExpression' && !childrenOf(into).length) return void cuts.push([node, `{ ...${code.slice(from.start, from.end)} }`])
    if (node.type === 'AssignmentExpression' && (node.left as Node).type === 'Identifier') {
      const value = constant(node.right as Node)
      const { reads, given } = usesOf((node.left as Node).name as string, inside)
      if (value && given.length === 1) for (const read of reads) cuts.push([read, value])
    }
    for (const child of childrenOf(node)) if (child !== node.left || node.type !== 'AssignmentExpression') visit(child, isFunction(node) ? node : inside)
  }
  visit(program, program)
  return cut(code, cuts)
}

/** Parameters that are given the same constant by every caller, or handed on by one to the other. */
const sayParameters = (code: string): string => {
  const program = parseAst(code) as unknown as Node
  const functions = new Map<string, Node>()
  everyNode(program, (node) => node.type === 'FunctionDeclaration' && functions.set((node.id as Node).name as string, node))
  const exported = new Map<string, string>()
  everyNode(program, (node) => node.type === 'ExportSpecifier' && exported.set((node.local as Node).name as string, (node.exported as Node).name as string))
  const believed = new Map<string, string>()
  const calls: { of: string; by?: Node; given: Node[] }[] = []
  const visit = (node: Node, by?: Node): void => {
    if (node.type === 'CallExpression' && functions.has((node.callee as Node).name as string)) calls.push({ of: (node.callee as Node).name as string, by, given: node.arguments as Node[] })
    for (const child of childrenOf(node)) visit(child, node.type === 'FunctionDeclaration' ? node : by)
  }
  visit(program)
  const assumedIn = (by?: Node) => (name: string) => (by && parameters(by).includes(name) ? believed.get(`${(by.id as Node).name as string} ${parameters(by).indexOf(name)}`) : undefined)
  for (const [name, node] of functions)
    parameters(node).forEach((_parameter, at) => {
      // `render` is given what to draw, and where; `hydrate` is not called at all.
      const own = calls.filter(({ of, by }) => of === name && exported.get((by?.id as Node | undefined)?.name as string) !== 'hydrate')
      if (exported.has(name)) return exported.get(name) === 'render' && at === 2 ? believed.set(`${name} ${at}`, 'null') : undefined
      for (const { given } of own) {
        const value = given[at] && constant(given[at])
        if (value) believed.set(`${name} ${at}`, value)
      }
      return undefined
    })
  for (let before = -1; before !== believed.size; ) {
    before = believed.size
    for (const [key, value] of believed) {
      const [name, at] = key.split(' ') as [string, string]
      const node = functions.get(name)!
      const callers = exported.has(name) ? [] : calls.filter(({ of }) => of === name)
      const holds =
        callers.every(({ by, given }) => given[+at] && constant(given[+at]!, assumedIn(by)) === value) &&
        usesOf(parameters(node)[+at] as string, node).given.every((right) => right && constant(right, assumedIn(node)) === value)
      if (!holds) believed.delete(key)
    }
  }
  const cuts = [...believed].flatMap(([key, value]) => {
    const [name, at] = key.split(' ') as [string, string]
    return usesOf(parameters(functions.get(name)!)[+at] as string, functions.get(name)!).reads.map((read): [Node, string] => [read, value])
  })
  return cut(code, cuts)
}

/** Takes out of Preact what nobody here needs: says what is known, and leaves it to the minifier to see what follows. */
export const leanPreact = (): Plugin => ({
  name: 'tagalong-lean-preact',
  apply: 'build',
  applyToEnvironment: ({ name }) => name !== 'npm' && name !== 'cli',
  transform: {
    filter: { id: /\/preact\/dist\/preact\.m(odule\.)?js$/ },
    async handler(code, id) {
      const folded = async (text: string) => (await minify(id, text, { compress: true, mangle: false, module: true })).code
      return folded(sayParameters(await folded(sayFacts(code))))
    },
  },
})
