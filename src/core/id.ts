const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count))

/** 256 bits as 64 hex characters: as long as the official widget's tokens, and no one's guess. */
export const newToken = (): string => [...random(32)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const letters = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz'

/** As the server's own ids: 17 letters and digits that are not mistaken for each other. */
export const randomId = (length = 17): string => [...random(length)].map((byte) => letters[byte % letters.length]).join('')

/** Sorts as text in the order of time; the tail keeps two tabs in one millisecond apart. */
export const timedId = (atMs: number, tail: string): string => atMs.toString(36).padStart(9, '0') + tail
