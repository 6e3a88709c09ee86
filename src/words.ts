/** Every refusal and every check as a sentence that says what to change. Fetched when needed; shared by `diagnose()` and the doctor. */
export { sentence } from './words/sentences'
export { checkNames, found, type CheckName } from './words/checks'
export { diagnose, type Reach } from './words/diagnose'
export { opensSocket } from './words/socket'
export { check } from './check'
