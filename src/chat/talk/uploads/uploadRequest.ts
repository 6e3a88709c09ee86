import type { Undo } from '../../../browser/ports'
import type { Core } from '../../../visitor/contracts'
import { errorCode, errorSays } from '../../../wire/errors'
import { readJson } from '../../../wire/json'
import { asText } from '../../../wire/coerce'
import { pathSegment } from '../../../wire/paths'

export type UploadResult =
  | { kind: 'stored'; message: unknown }
  /** `unauthorized`: the server knows no such visitor in this room. */
  | { kind: 'refused' | 'unauthorized'; code: string; says: string }
  | { kind: 'lost' }
  | { kind: 'cancelled' }

export interface UploadRequest {
  result: Promise<UploadResult>
  /** Stops the request; its result is `cancelled`. */
  abort(): void
}

/** After the last byte the server stores the file and answers; by then it has, or never will. */
const answerWithinMs = 60_000

const decodeResult = (status: number, response: string): UploadResult => {
  const body = readJson(response)
  if (!body) return { kind: 'lost' }
  if (body.success === true) return { kind: 'stored', message: body }
  // This route has the better words in `reason`, where others have `error`.
  const says = asText(body.reason) || errorSays(body)
  if (status === 429) return { kind: 'refused', code: 'limited', says }
  if (status >= 500) return { kind: 'lost' }
  const code = asText(body.reason) || errorCode(body) || 'refused'
  return { kind: status === 403 ? 'unauthorized' : 'refused', code, says }
}

/** One file on its way to the server. `onProgress`: which part of it has left, from 0 to 1. */
export const postFile = (
  { server, clock, guard }: Pick<Core, 'server' | 'clock' | 'guard'>,
  { file, token, roomId }: { file: File; token: string; roomId: string },
  onProgress: (progress: number) => void,
): UploadRequest => {
  const form = new FormData()
  form.append('file', file, file.name)
  // `fetch` tells nothing of the progress of an upload.
  const request = new XMLHttpRequest()
  let cancelTimeout: Undo = () => {}
  let settle: (result: UploadResult) => void = () => {}
  const result = new Promise<UploadResult>((resolve) => {
    settle = (value) => {
      cancelTimeout()
      resolve(value)
    }
  })
  const abort = (value: UploadResult) => {
    request.abort()
    settle(value)
  }
  request.open('POST', `${server}/api/v1/livechat/upload/${pathSegment(roomId)}`)
  request.setRequestHeader('x-visitor-token', token)
  request.upload.onprogress = guard((event: ProgressEvent) => {
    if (event.lengthComputable) onProgress(event.loaded / event.total)
  })
  request.upload.onload = guard(() => {
    cancelTimeout = clock.after(
      answerWithinMs,
      guard(() => abort({ kind: 'lost' })),
    )
  })
  request.onload = guard(() => settle(decodeResult(request.status, request.responseText)))
  request.onerror = guard(() => settle({ kind: 'lost' }))
  request.send(form)
  return { result, abort: () => abort({ kind: 'cancelled' }) }
}
