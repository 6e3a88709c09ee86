export { Finished } from './Finished'
export { Offline } from './Offline'
export { Question } from './Question'
export { default as sheet } from './edges.css?inline'
