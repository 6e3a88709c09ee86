export { Log } from './Log'
export { Status } from './Status'
export { Uploads } from './Uploads'
export { default as sheet } from './messages.css?inline'
