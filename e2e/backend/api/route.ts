import type { IncomingHttpHeaders } from 'node:http'
import { decodePart } from '../http/incoming.ts'
import type { User } from '../office/users.ts'
import type { Answer } from '../http/envelope.ts'
import type { Limit } from '../http/limiter.ts'
import type { Schema } from '../http/schema.ts'
import type { Office } from '../office/contracts.ts'

/** One request as a route sees it: checked, coerced, its caller known. */
export interface Call<Query = Record<string, string>, Payload = Record<string, unknown>, Params = unknown> {
  office: Office
  era: number
  params: Params
  query: Query
  body: Payload
  raw: Buffer
  headers: IncomingHttpHeaders
  ip: string
  user: User | undefined
}

/** What the segments of a route's own path that begin with a colon come to. */
export interface Named<Name extends string> {
  params: Record<Name, string>
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Under /api/v1/; a segment that begins with a colon is a parameter. */
  path: string
  /** The eras that know this route; all when absent. */
  eras?: { from?: number; to?: number }
  /** Without a name a login is enough: the route itself looks further. */
  permission?: (era: number) => { name?: string; refusal: Answer }
  limit?: (era: number) => Limit
  query?: Schema
  body?: Schema
  /** How the first dialect refuses: with the error object unless told, or with its code alone. */
  oldRefusal?: 'object' | 'code' | 'text'
  /** 'match' routes are type-checked in every era before dev; the others only in v0's. */
  checkedBy?: 'schema' | 'match'
  act: (call: Call<any, any, any>) => Answer | Promise<Answer>
}

/** Segments of a path that fit a route's pattern give its parameters. */
export function fit(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index]
    if (part.startsWith(':')) {
      const decoded = value && decodePart(value)
      if (!decoded) return undefined
      params[part.slice(1)] = decoded
    } else if (part !== value) return undefined
  }
  return params
}
