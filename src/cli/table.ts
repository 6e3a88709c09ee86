import { paint, type Terminal } from './terminal'

/** Cut where it is longer, with a mark that says so. */
const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text)

/** One line of a table. The last cell is whatever is left of the line, and never cut. */
export const tableLine = (cells: string[], widths: number[]): string =>
  cells
    .map((cell, index) => {
      const width = index === cells.length - 1 ? undefined : widths[index]
      return width === undefined ? cell : cut(cell, width).padEnd(width)
    })
    .join('  ')
    .trimEnd()

/** A table whose columns are as wide as their widest cell. */
export const printTable = (terminal: Terminal, header: string[], rows: string[][]): void => {
  const widths = header.map((title, index) => Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)))
  terminal.out(paint(terminal, 'dim', tableLine(header, widths)))
  for (const row of rows) terminal.out(tableLine(row, widths))
}

/** A sentence broken between words, where the terminal's lines are too short for it; later lines begin where the first did. */
export const wrapped = ({ columns }: Terminal, text: string, indent: number): string => {
  const room = (columns ?? Infinity) - indent
  if (room < 20) return text
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line && line.length + 1 + word.length > room) lines.push(word)
    else lines[lines.length - 1] = line ? `${line} ${word}` : word
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}
