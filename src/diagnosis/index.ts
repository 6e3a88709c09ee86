/** The door: every refusal and every check as a sentence that says what to change. Shared by `diagnose()` and the doctor; in the browser it is fetched when needed. */
export { sentence } from './sentences'
export { checkNames, checkResult, type CheckName } from './checks'
export { diagnose, type DiagnosisParts } from './diagnose'
export { diagnoseHere } from './here'
export { hearServer } from './availability'
