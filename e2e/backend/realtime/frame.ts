/** One message on a connection, either way. */
export type Frame = Record<string, unknown>

/** What the parts of a session need of the connection they share. */
export interface Connection {
  /** It also stands for the connection where a stream asks who published something. */
  send(this: void, frame: Frame): void
  /** The error a call by this name is refused with, when there were too many of them. */
  tooMany(this: void, name: string): unknown
}
