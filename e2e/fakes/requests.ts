/** XMLHttpRequests that a test answers by hand. */

export class FakeRequest {
  static all: FakeRequest[] = []
  static install() {
    FakeRequest.all = []
    Object.assign(globalThis, { XMLHttpRequest: FakeRequest })
  }
  static last(): FakeRequest {
    const last = FakeRequest.all.at(-1)
    if (!last) throw new Error('nothing was asked')
    return last
  }

  status = 0
  responseText = ''
  method = ''
  url = ''
  headers: Record<string, string> = {}
  body?: FormData
  aborted = false
  upload: { onprogress?: (event: unknown) => void; onload?: () => void } = {}
  onload?: () => void
  onerror?: () => void

  constructor() {
    FakeRequest.all.push(this)
  }
  open(method: string, url: string) {
    this.method = method
    this.url = url
  }
  setRequestHeader(name: string, value: string) {
    this.headers[name] = value
  }
  send(body: FormData) {
    this.body = body
  }
  abort() {
    this.aborted = true
  }
  progress(loaded: number, total: number) {
    this.upload.onprogress?.({ lengthComputable: true, loaded, total })
  }
  answer(status: number, body: unknown) {
    this.upload.onload?.()
    this.status = status
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body)
    this.onload?.()
  }
  lose() {
    this.onerror?.()
  }
}
