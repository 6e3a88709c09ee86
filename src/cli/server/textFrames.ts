import { randomBytes } from 'node:crypto'

/** The frames of a websocket that carry a short text: https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
const finalText = 0x81
const maskBit = 0x80
/** Says that the length follows in two bytes. */
const twoByteLength = 126

/** One text as a client sends it: masked, as the protocol demands. */
export const encodeText = (text: string): Buffer => {
  const payload = Buffer.from(text)
  const mask = randomBytes(4)
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  const length =
    payload.length < twoByteLength
      ? [maskBit | payload.length]
      : [maskBit | twoByteLength, payload.length >> 8, payload.length & 0xff]
  return Buffer.concat([Buffer.from([finalText, ...length]), mask, masked])
}

/** The whole texts at the front of what a server has sent, and what is left over. Frames of another kind are passed over. */
export const decodeTexts = (bytes: Buffer): { texts: string[]; rest: Buffer } => {
  const texts: string[] = []
  let at = 0
  while (bytes.length >= at + 2) {
    const kind = bytes[at]
    const short = bytes[at + 1] ?? 0
    const isLong = short === twoByteLength
    if (isLong && bytes.length < at + 4) break
    const start = at + (isLong ? 4 : 2)
    const end = start + (isLong ? bytes.readUInt16BE(at + 2) : short)
    if (bytes.length < end) break
    if (kind === finalText) texts.push(bytes.toString('utf8', start, end))
    at = end
  }
  return { texts, rest: bytes.subarray(at) }
}
