/** Values that no server means, and bodies that are right but for some of them. */
import type { Chance } from '../model/chance.ts'
import { content } from './content.ts'

export interface Hostile {
  text(): string
  value(): unknown
  /** The same shape with some of its values replaced, left out, doubled or renamed. */
  spoil(value: unknown): unknown
}

const nested = (levels: number): unknown => {
  let value: unknown = 'bottom'
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { value, type: 'BOLD' }
  return value
}

const numbers = [0, -1, 1e21, 8.64e15, 8.64e15 + 1, 2 ** 53, -0.5, 1e308]
const names = ['__proto__', 'constructor', 'toString', 'valueOf', 'toJSON', 'then', 'length', 'value', 'type', '']

export const createHostile = (chance: Chance): Hostile => {
  const text = () => chance.pick(content).text

  const value = (): unknown =>
    chance.pick<() => unknown>([
      text,
      text,
      text,
      () => null,
      () => chance.odds(0.5),
      () => chance.pick(numbers),
      () => [],
      () => ({}),
      () => [[[[]]]],
      () => ({ [chance.pick(names)]: text() }),
      () => ({ toString: 1, valueOf: 1 }),
      () => ({ $date: chance.pick(numbers) }),
      () => nested(2 + chance.below(90)),
      () => Array.from({ length: chance.below(40) }, text),
      () => Array.from({ length: 3 }, () => ({ _id: text(), text: text(), value: text(), url: text() })),
    ])()

  /** How many values of a body are replaced, one in so many. */
  const spoilWith = (oneIn: number) => {
    const spoil = (given: unknown): unknown => {
      if (chance.below(oneIn) === 0) return value()
      if (Array.isArray(given)) {
        const list = given.map(spoil)
        return chance.below(oneIn) === 0 ? [...list, ...list, value()] : list
      }
      if (typeof given !== 'object' || given === null) return given
      return Object.fromEntries(
        Object.entries(given).flatMap(([name, member]): [string, unknown][] => {
          if (chance.below(oneIn * 2) === 0) return []
          return [[chance.below(oneIn * 4) === 0 ? chance.pick(names) : name, spoil(member)]]
        }),
      )
    }
    return spoil
  }

  return { text, value, spoil: (given) => spoilWith(chance.pick([4, 12, 40]))(given) }
}
