export const randomHex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** 256 bits as 64 hex characters: as long as the official widget's tokens, and no one's guess. */
export const newToken = (): string => randomHex(32)

/** Sorts as text in the order of time. */
export const sortable = (ms: number): string => ms.toString(36).padStart(9, '0')
