import { dirname } from 'node:path'

// The application is built in a folder below this one, and finds its packages here.
const root = dirname(import.meta.dirname)

export default { outputFileTracingRoot: root, turbopack: { root } }
