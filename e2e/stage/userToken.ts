import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

type Tokens = typeof import('../../src/token.ts')

/** The token that the backend of a customer's site gives to this user, by the built file. */
export const userToken = async (userId: string): Promise<string> => {
  // The file is there only once the build has run, so the compiler cannot know it.
  const { visitorToken } = (await import(pathToFileURL(resolve('dist/npm/token.js')).href)) as Tokens
  return visitorToken({ secret: 'the secret of a site that is only a test', userId })
}
