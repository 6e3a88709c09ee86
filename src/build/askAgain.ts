import type { Plugin } from 'vite'

/**
 * Firefox remembers, for as long as a document lives, that a module did not come, and never asks for that address again: the next time a file
 * is asked for under another. Only files that no other file imports are asked for so: under two addresses the chat and the panel would be there
 * twice, each with a state of its own. The launcher is asked for by `tagalong.js`, in its own way (see plugins.ts); what it fetches itself is
 * seldom needed, and its bytes are on every page.
 */
const helper = `const askAgain = ((endings) => (file) =>
  import(file + (endings[file] ?? '')).catch((error) => {
    endings[file] = (endings[file] ?? '?') + 1
    throw error
  }))({})
`

export const askAgain = (): Plugin => ({
  name: 'tagalong-ask-again',
  apply: 'build',
  applyToEnvironment: ({ name }) => name === 'chunks',
  renderChunk(code, { name }, _options, { chunks }) {
    if (name === 'launcher') return null
    const imported = new Set(Object.values(chunks).flatMap(({ imports }) => imports))
    const asked = code.replace(/\bimport\("(\.\/[^"]+)"\)/g, (whole, file: string) =>
      imported.has(file.replace('./', 'chunks/')) ? whole : `askAgain("${file}")`,
    )
    return asked === code ? null : helper + asked
  },
})
