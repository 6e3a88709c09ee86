/** Every refusal and every check as a sentence that says what to change. Fetched when needed; shared by `diagnose()` and the doctor. */
export { sentence } from './sentences'
export { checkNames, found, type CheckName } from './checks'
export { diagnose, type Reach } from './diagnose'
export { opensSocket } from './socket'
export { check } from './checkOptions'
