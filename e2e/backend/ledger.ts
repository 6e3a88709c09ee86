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
  origin: string | null
  answer?: unknown
}

/** Every call in the order it arrived, refused and dropped ones too. Numbers go on over a reset, so `since` never lies. */
export function createLedger(onEntry: (entry: Entry) => void) {
  let entries: Entry[] = []
  let n = 0
  return {
    open(call: Omit<Entry, 'n' | 'at' | 'status' | 'answered'>): Entry {
      const entry: Entry = { n: ++n, at: Date.now(), ...call, status: null, answered: false }
      entries.push(entry)
      return entry
    },
    close(entry: Entry, result: Pick<Entry, 'status' | 'answered' | 'answer'>) {
      Object.assign(entry, result)
      onEntry(entry)
    },
    since: (from: number) => entries.filter((entry) => entry.n > from),
    clear() {
      entries = []
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>
