import { setTimeout as wait } from 'node:timers/promises'
import { decodeAnswer, type Answer } from '../../src/wire/answer.ts'

/** What is read of an answer is what a test is about: a wrong guess is found there. */
type Json = any

export interface Reply {
  status: number
  headers: Headers
  text: string
  /** Empty where the answer is no JSON. */
  body: Json
  /** As the widget reads it. */
  answer: Answer
}

export interface Request {
  body?: unknown
  headers?: Record<string, string>
  /** Of the body: JSON unless told. A form has its own. */
  type?: string
}

export interface Calls {
  /** Any path of the API, `livechat/config` for example. Where the limiter asks to wait, it is waited for. */
  call(method: string, path: string, request?: Request): Promise<Reply>
  /** The same, whatever the limiter says. */
  callOnce(method: string, path: string, request?: Request): Promise<Reply>
}

const bodyOf = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

export const createCalls = (server: string): Calls => {
  const callOnce: Calls['callOnce'] = async (method, path, { body, headers, type = 'application/json' } = {}) => {
    const isForm = body instanceof FormData
    const response = await fetch(`${server}/api/v1/${path}`, {
      method,
      headers: { ...(body === undefined || isForm ? {} : { 'Content-Type': type }), ...headers },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const { status } = response
    return { status, headers: response.headers, text, body: bodyOf(text), answer: decodeAnswer(status, text) }
  }
  return {
    callOnce,
    async call(method, path, request) {
      for (;;) {
        const reply = await callOnce(method, path, request)
        if (reply.answer.kind !== 'limited') return reply
        await wait(reply.answer.retryAfterMs)
      }
    },
  }
}
