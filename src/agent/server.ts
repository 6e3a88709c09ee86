import { readServer } from '../options'

/** Absolute, and without a name or password in it: those would be in every address. */
export const readAgentServer = (given: unknown): string | undefined =>
  typeof given === 'string' && !/^[^/]*\/\/[^/]*@/.test(given) ? readServer(given, given) : undefined
