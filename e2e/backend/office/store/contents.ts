import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Mail, Message, Room, StoredFile, Visitor } from '../contracts.ts'

/** What lies in `state.json`. */
export interface Contents {
  visitors: Visitor[]
  rooms: Room[]
  messages: Message[]
  files: StoredFile[]
  guests: number
  /** By username; who is not here is online. */
  agentStatus: Record<string, string>
  mails: Mail[]
}

export const empty = (): Contents => ({
  visitors: [],
  rooms: [],
  messages: [],
  files: [],
  guests: 0,
  agentStatus: {},
  mails: [],
})

/** Keys that an older file does not have begin empty. */
export function readContents(folder: string | undefined): Contents {
  if (!folder) return empty()
  mkdirSync(folder, { recursive: true })
  try {
    return { ...empty(), ...(JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as Contents) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return empty()
  }
}

/** Under another name first: whoever is stopped while writing finds the state from before. */
export function writeContents(folder: string, contents: Contents): void {
  const file = join(folder, 'state.json')
  const next = `${file}.next`
  writeFileSync(next, JSON.stringify(contents))
  renameSync(next, file)
}
