/** Websockets that a test answers by hand; put in the place of the browser's own. */

type Frame = Record<string, unknown>

export class FakeSocket {
  static all: FakeSocket[] = []
  static refuse = false
  readyState = 0
  sent: Frame[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: (() => void) | null = null
  onerror: (() => void) | null = null

  constructor(readonly url: string) {
    if (FakeSocket.refuse) throw new Error('refused by policy')
    FakeSocket.all.push(this)
  }

  static install() {
    FakeSocket.all = []
    FakeSocket.refuse = false
    Object.assign(globalThis, { WebSocket: FakeSocket })
  }

  static last(): FakeSocket {
    const last = FakeSocket.all.at(-1)
    if (!last) throw new Error('no socket was opened')
    return last
  }

  static open(): FakeSocket[] {
    return FakeSocket.all.filter(({ readyState }) => readyState < 2)
  }

  send(text: string) {
    this.sent.push(JSON.parse(text) as Frame)
  }

  close() {
    this.readyState = 3
  }

  /** The other side answers the handshake. */
  accept() {
    this.readyState = 1
    this.onopen?.()
    this.hear({ server_id: '0' })
    this.hear({ msg: 'connected', session: 'abc' })
  }

  hear(frame: unknown) {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) })
  }

  /** Subscriptions asked for, as stream and event. */
  subs(): { id: string; name: string; event: string; extra: unknown }[] {
    return this.sent
      .filter(({ msg }) => msg === 'sub')
      .map(({ id, name, params }) => ({
        id: id as string,
        name: name as string,
        event: (params as unknown[])[0] as string,
        extra: (params as unknown[])[1],
      }))
  }

  ready() {
    this.hear({ msg: 'ready', subs: this.subs().map(({ id }) => id) })
  }

  changed(stream: string, event: string, ...args: unknown[]) {
    this.hear({ msg: 'changed', collection: stream, id: 'id', fields: { eventName: event, args } })
  }

  methods(): unknown[][] {
    return this.sent.filter(({ msg }) => msg === 'method').map(({ params }) => params as unknown[])
  }

  drop() {
    this.readyState = 3
    this.onclose?.()
  }
}
