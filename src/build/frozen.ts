import type { Plugin } from 'vite'

/**
 * The one step that changes a dependency's text, and why there is no way around it.
 *
 * A page may have called `Object.freeze(Object.prototype)`. From then on no code may assign `constructor`, `toString` or `valueOf` to any object
 * that has not defined them yet: the assignment throws in strict mode, and every module is strict
 * (https://github.com/tc39/how-we-work/blob/main/terminology.md#override-mistake). Two dependencies do just that, in ways no option, hook or
 * guard of ours reaches:
 *
 * - `@preact/signals-core` assigns `Signal.prototype.valueOf` and `toString` while it is imported: the conversation would not load at all.
 * - `preact` copies a vnode, whose own `constructor` is undefined, into `{}` by assignment: the launcher would not draw twice.
 *
 * And a library may have given `Object.prototype` a `get` or a `value`, which every property descriptor then inherits: one that describes a value
 * has a getter as well, and defining it throws. Descriptors are given no prototype.
 *
 * And MooTools 1.2 has a `Function.prototype.bind` of its own, whose functions forget what they are called with: `@preact/signals` binds what
 * Preact calls, and the panel would not be drawn. It is given a function instead.
 *
 * Both assignments are written as definitions, which a frozen prototype allows. A pattern that matches nothing fails the build, so that
 * a new version of a dependency is looked at. Who uses the npm package bundles the dependencies as they are.
 */
interface Change {
  /** The file, as the bundler resolves it. */
  file: RegExp
  found: RegExp
  written: string
}

const changes: Change[] = [
  {
    file: /\/@preact\/signals-core\/dist\//,
    found: /(\w+)\.prototype\.(valueOf|toString)=(function\(\)\{[^}]*\})/g,
    written: 'Object.defineProperty($1.prototype,"$2",{__proto__:null,value:$3})',
  },
  {
    file: /\/@preact\/signals-core\/dist\//,
    found: /(Object\.defineProperty\(\w+\.prototype,"value",\{)/g,
    written: '$1__proto__:null,',
  },
  {
    file: /\/@preact\/signals\/dist\//,
    found: /\{configurable:!0,/g,
    written: '{__proto__:null,configurable:!0,',
  },
  {
    file: /\/@preact\/signals\/dist\//,
    found: /(\w+)\.bind\(null,([\w[\]]+\|\|\(\(\)=>\{\}\))\)/g,
    written: '(old=>(...given)=>$1(old,...given))($2)',
  },
  {
    file: /\/preact\/dist\/preact\.m(odule\.)?js$/,
    // `assign({}, something)`: the function that copies one property after the other is called `m` in the published file.
    found: /\bm\(\{\},([\w.]+)\)/g,
    written: '({...$1})',
  },
]

export const bearFrozenPrototypes = (): Plugin => ({
  name: 'tagalong-frozen-prototypes',
  apply: 'build',
  applyToEnvironment: ({ name }) => !['npm', 'cli', 'kit', 'site'].includes(name),
  transform: {
    filter: { id: changes.map(({ file }) => file) },
    handler(code, id) {
      const changed = changes
        .filter(({ file }) => file.test(id))
        .reduce((before, { found, written }) => {
          const after = before.replace(found, written)
          if (after === before) this.error(`${id} no longer has what ${found} is to change, or has it differently.`)
          return after
        }, code)
      return { code: changed, map: null }
    },
  },
})
