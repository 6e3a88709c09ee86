/** Colours of which text stays readable, whatever the server or the host has chosen (WCAG 2: at least 4.5:1). */

export type Rgb = readonly [red: number, green: number, blue: number]

export const white: Rgb = [255, 255, 255]
export const black: Rgb = [0, 0, 0]

const luminance = (color: Rgb): number => {
  const [red, green, blue] = color.map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6)) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

export const contrast = (one: Rgb, other: Rgb): number => {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (bright + 0.05) / (dim + 0.05)
}

/** White where white can be read, else black: one of the two always can. */
export const textOn = (ground: Rgb): Rgb => (contrast(white, ground) >= 4.5 ? white : black)

/** The colour itself, or the nearest mix with black or white that can be read on the ground. */
export const readableOn = (ground: Rgb, color: Rgb): Rgb => {
  const end = textOn(ground)
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = color.map((part, index) => Math.round(part + (end[index]! - part) * share)) as unknown as Rgb
    if (contrast(mixed, ground) >= 4.5) return mixed
  }
  return end
}

/** What the browser makes of a colour when it has computed it. */
export const decodeColor = (computed: string): Rgb | undefined => {
  const parts = /^rgba?\((\d+)[ ,]+(\d+)[ ,]+(\d+)/.exec(computed)?.slice(1).map(Number)
  return parts as unknown as Rgb | undefined
}

export const css = (color: Rgb): string => `rgb(${color})`
