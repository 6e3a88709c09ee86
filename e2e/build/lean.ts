import { parseAst, type Plugin } from 'vite'

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}
const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'
const childrenOf = (node: Node): Node[] => Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isNode)

/** No component here has one of these: there are no classes, no contexts, no suspense. */
const absent = new Set([
  'contextType', 'getChildContext', 'getDerivedStateFromProps', 'getDerivedStateFromError', 'getSnapshotBeforeUpdate',
  'componentWillMount', 'componentDidMount', 'componentWillReceiveProps', 'componentDidUpdate', 'defaultProps', 'debounceRendering', 'is',
])
/** And no element here is called so, or has such an attribute. */
const unheardOf = new Set(['dangerouslySetInnerHTML', 'math', 'foreignObject', 'template', 'style', 'popover', 'bigint'])

const nameOf = (node: unknown): unknown => (isNode(node) && node.type === 'MemberExpression' && !node.computed ? (node.property as Node).name : undefined)

/** Where it stands, and what it is known to be. */
const known = (node: Node): string | undefined => {
  if (absent.has(nameOf(node) as string)) return 'void 0'
  // What was thrown is no promise.
  if (nameOf(node) === 'then' && nameOf(node.object) !== 'prototype') return 'void 0'
  const { left, right, operator } = node as Node & { left?: Node; right?: Node; operator?: string }
  if (!left || !right) return undefined
  if (operator === '==' && [left, right].some(({ value }) => unheardOf.has(value as string))) return '!1'
  // Whether something was put off, or is taken over from the server's page.
  if (operator === '&' && [left, right].some(({ value }) => value === 32 || value === 128)) return '0'
  // Whether a component is a class.
  if (operator === '&&' && nameOf(right) === 'render' && nameOf(right.object) === 'prototype') return '!1'
  return undefined
}

/** Takes out of Preact what nobody here needs: says what is known, and leaves it to the minifier to see what follows. */
export const leanPreact = (): Plugin => ({
  name: 'tagalong-lean-preact',
  apply: 'build',
  applyToEnvironment: ({ name }) => name !== 'npm' && name !== 'cli',
  transform: {
    filter: { id: /\/preact\/dist\/preact\.m(odule\.)?js$/ },
    handler(code) {
      const cuts: [node: Node, text: string][] = []
      const spelled = (node: Node) => code.slice(node.start, node.end)
      /** A variable that is only ever given what is known is known itself, within its function. */
      const through = (node: Node, inside: Node) => {
        const text = known(node)
        if (text) return cuts.push([node, `(${text})`])
        if (node.type === 'AssignmentExpression' && (node.left as Node).type === 'Identifier') {
          const right = node.right as Node & { left?: Node; right?: Node }
          const chained = right.type === 'LogicalExpression' && right.left?.type === 'ParenthesizedExpression' ? (right.left.expression as Node) : right.left
          const value = known(right) ?? (right.type === 'LogicalExpression' && chained?.type === 'AssignmentExpression' ? known(chained.right as Node) : undefined)
          if (value) follow(spelled(node.left as Node), inside, value)
        }
        const next = /^(Function|ArrowFunction)/.test(node.type) ? node : inside
        for (const child of childrenOf(node)) if (child !== node.left || node.type !== 'AssignmentExpression') through(child, next)
        return undefined
      }
      const follow = (name: string, inside: Node, value: string) => {
        const uses: Node[] = []
        let given = 0
        const look = (node: Node, parent: Node) => {
          if (node.type === 'Identifier' && node.name === name) {
            if (parent.type === 'AssignmentExpression' && parent.left === node) given++
            else if (parent.type !== 'VariableDeclarator' && !(parent.type === 'MemberExpression' && parent.property === node) && !(parent.type === 'Property' && parent.key === node)) uses.push(node)
          }
          childrenOf(node).forEach((child) => look(child, node))
        }
        look(inside, inside)
        if (given === 1) for (const use of uses) cuts.push([use, `(${value})`])
      }
      const program = parseAst(code) as unknown as Node
      through(program, program)
      const outermost = cuts.filter(([{ start, end }]) => !cuts.some(([other]) => other.start <= start && other.end >= end && other.end - other.start > end - start))
      return outermost.sort(([a], [b]) => b.start - a.start).reduce((made, [{ start, end }, text]) => made.slice(0, start) + text + made.slice(end), code)
    },
  },
})
