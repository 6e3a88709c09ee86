/** Where the script finds what it does not carry; written by the build, which alone knows the hashed names. */
declare module 'tagalong:parts' {
  export const launcher: (base: string) => Promise<{ mount: import('./core/contracts').Mount }>
  export const person: (base: string) => Promise<Pick<typeof import('./core/person'), 'createPerson'>>
  export const words: (base: string) => Promise<import('./core/index').Words>
}
