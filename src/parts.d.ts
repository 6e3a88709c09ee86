/** Where the script finds what it does not carry; written by the build, which alone knows the hashed names. */
declare module 'tagalong:parts' {
  export const fetchLauncher: (base: URL) => Promise<typeof import('./launcher')>
  export const fetchRecovery: (base: URL) => Promise<typeof import('./recovery')>
}
