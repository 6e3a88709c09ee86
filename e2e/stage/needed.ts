/** For what is there whenever the code around is right: the value, or an error that names what is missing. */
export const needed = <T>(value: T | null | undefined, name: string): T => {
  if (value === null || value === undefined) throw new Error(`There is no ${name}`)
  return value
}
