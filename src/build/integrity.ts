import { createHash } from 'node:crypto'

/** As `integrity` of a tag and `script-src` of a policy write it. */
export const integrityOf = (algorithm: 'sha256' | 'sha384', text: string | Buffer): string =>
  `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`
