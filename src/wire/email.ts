/** The shape Rocket.Chat demands of a visitor's address: a name, and a domain of at least two labels, none of them empty. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text)
