export const randomHex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** 256 random bits as 64 hexadecimal characters: as long as the official widget's tokens, and not to be guessed. */
export const newToken = (): string => randomHex(32)

/** A time as text that sorts in the order of time: nine digits of base 36 last until the year 5188. */
export const sortable = (ms: number): string => ms.toString(36).padStart(9, '0')
