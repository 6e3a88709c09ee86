import { readFileSync } from 'node:fs'

/** One refusal of one era: how it is provoked, what the server answers with, literally, and what the widget is to understand. */
export interface KnownRefusal {
  name: string
  dialect: string
  settings?: Record<string, unknown>
  /** `ROOM` and `MESSAGE` stand for the ids of the visitor's own. */
  call: { method: string; path: string; body?: unknown }
  status: number
  body: Record<string, unknown>
  code: string
  says: string
}

/** Every shape in which an era words its refusals: the embedded server must answer so, and the widget's decoder must read it. */
export const knownRefusals = JSON.parse(
  readFileSync(new URL('./refusals.json', import.meta.url), 'utf8'),
) as KnownRefusal[]
