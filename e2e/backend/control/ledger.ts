import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** `status` is what the server answered or would have; `answered` whether the answer was let out. */
export interface Entry {
  n: number
  at: number
  method: string
  path: string
  query: Record<string, string | string[]>
  body: unknown
  status: number | null
  answered: boolean
  /** The header as it came. */
  contentType: string | null
  origin: string | null
  answer?: unknown
}

/** A call as it comes in; the ledger numbers it and writes down when it came. */
export type IncomingCall = Omit<Entry, 'n' | 'at' | 'status' | 'answered' | 'answer'>

/** Of calls that are remembered: what comes from the network has bounds. */
const maxEntries = 100_000

/** Every call in the order it arrived, refused and dropped ones too. Numbers go on over a reset, so `since` never lies. */
export interface Ledger {
  open(call: IncomingCall): Entry
  close(entry: Entry, result: Pick<Entry, 'status' | 'answered' | 'answer'>): void
  since(number: number): Entry[]
  clear(): void
}

function readLines(file: string): Entry[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Entry)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

export function createLedger(folder: string | undefined, onEntry: (entry: Entry) => void): Ledger {
  const file = folder && join(folder, 'ledger.jsonl')
  let entries = file ? readLines(file).sort((a, b) => a.n - b.n) : []
  let lastNumber = entries.at(-1)?.n ?? 0
  return {
    open(call) {
      const entry: Entry = { n: ++lastNumber, at: Date.now(), ...call, status: null, answered: false }
      entries.push(entry)
      // A tenth at once: to cut the oldest one off for each call would copy the whole list each time.
      if (entries.length > maxEntries) entries = entries.slice(maxEntries / 10)
      return entry
    },
    close(entry, result) {
      Object.assign(entry, result)
      if (file) appendFileSync(file, JSON.stringify(entry) + '\n')
      onEntry(entry)
    },
    since: (number) => entries.filter(({ n }) => n > number),
    clear() {
      entries = []
      if (file) rmSync(file, { force: true })
    },
  }
}
