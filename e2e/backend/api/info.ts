import type { Body } from '../http/envelope.ts'

/** A version of each era. The first servers told theirs in full, later ones tell who is not logged in no more than two numbers. */
const versions: Record<number, string> = { 0: '0.74.3', 6: '6.14', 7: '7.5', 8: '8.3', 9: '9.0' }

export const serverInfo = (era: number): Body => ({ version: versions[era], success: true })
