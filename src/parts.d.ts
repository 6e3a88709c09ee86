/** Where the script finds what it does not carry; written by the build, which alone knows the hashed names. */
declare module 'tagalong:parts' {
  export const launcher: (base: string) => Promise<{ mount: import('./core/contracts').Mount }>
  export const words: (base: string) => Promise<import('./core/index').Words>
}
