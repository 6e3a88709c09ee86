import { signal } from '@preact/signals'

/** The time, for what counts on while one looks. */
export const now = signal(Date.now())
setInterval(() => (now.value = Date.now()), 1000)

/** One format for every time on the desk, with its seconds. */
export const clockTime = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })

/** With the day, unless it is today. */
export const dayTime = (ms: number): string => {
  const date = new Date(ms)
  const today = date.toDateString() === new Date(now.value).toDateString()
  return today
    ? clockTime(ms)
    : `${date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })}, ${clockTime(ms)}`
}

/** What one typed and chose outlives the page; credentials never do. */
export const remember = (key: string, value: string | undefined): void => {
  if (value === undefined) sessionStorage.removeItem(`desk-${key}`)
  else sessionStorage.setItem(`desk-${key}`, value)
}
export const remembered = (key: string): string | undefined => sessionStorage.getItem(`desk-${key}`) ?? undefined
