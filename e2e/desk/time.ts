import { signal } from '@preact/signals'

/** The time, for what counts on while one looks. */
export const now = signal(Date.now())
setInterval(() => (now.value = Date.now()), 1000)

export const clockTime = (ms: number): string =>
  new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })

/** With the day, unless it is today. */
export const dayTime = (ms: number): string => {
  const date = new Date(ms)
  const today = date.toDateString() === new Date(now.value).toDateString()
  return today
    ? clockTime(ms)
    : date.toLocaleString([], { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
}

/** What one typed and chose outlives the page; credentials never do. */
export const remember = (key: string, value: string | undefined): void => {
  if (value === undefined) sessionStorage.removeItem(`desk-${key}`)
  else sessionStorage.setItem(`desk-${key}`, value)
}
export const remembered = (key: string): string | undefined => sessionStorage.getItem(`desk-${key}`) ?? undefined
