export const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

export const randomHex = (bytes: number): string => [...randomBytes(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** 256 bits as 64 hex characters: as long as the official widget's tokens, and no one's guess. */
export const newToken = (): string => randomHex(32)

const letters = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz'

/** As the server's own ids: 17 letters and digits that are not mistaken for each other. */
export const randomId = (): string => [...randomBytes(17)].map((byte) => letters[byte % letters.length]).join('')
