import { h } from 'preact'
/** Lines two units wide on a square of 24, unless `width` says otherwise. */
export const icon = (d: string, width?: number) => () => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={d} stroke-width={width} />
  </svg>
)

export const CloseIcon = icon('m7 7 10 10M17 7 7 17')
export const MoreIcon = icon('M5 12h.01M12 12h.01M19 12h.01', 3.5)
export const SendIcon = icon('M12 19V5m-6.5 6.5L12 5l6.5 6.5')
export const ClipIcon = icon(
  'm20 11-8.4 8.4a5 5 0 0 1-7-7l8.7-8.8a3.4 3.4 0 0 1 4.8 4.8l-8.7 8.7a1.7 1.7 0 0 1-2.4-2.4l8-8',
)
