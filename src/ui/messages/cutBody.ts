import type { Inline, Paragraphs } from '../../chat/contracts'

/** So much of a message is drawn at first, and so much more with each press on “Show more”: in characters, where each piece counts for some. */
const portion = 20_000
const pieceCost = 20

interface Budget {
  left: number
  isSpent: boolean
}

/** The first of these, as many as the budget has room for. */
const cutList = <T>(list: T[], budget: Budget, cut: (item: T) => T): T[] => {
  const kept: T[] = []
  for (const item of list) {
    if (budget.left <= 0) {
      budget.isSpent = true
      break
    }
    budget.left -= pieceCost
    kept.push(cut(item))
  }
  return kept
}

const cutText = (text: string, budget: Budget): string => {
  const kept = text.slice(0, Math.max(0, budget.left))
  budget.left -= text.length
  if (kept.length < text.length) budget.isSpent = true
  return kept
}

const cutInlines = (inlines: Inline[], budget: Budget): Inline[] =>
  cutList(inlines, budget, (inline) => {
    if ('inlines' in inline) return { ...inline, inlines: cutInlines(inline.inlines, budget) }
    return 'text' in inline ? { ...inline, text: cutText(inline.text, budget) } : inline
  })

const cutPart = (part: Paragraphs, budget: Budget): Paragraphs => {
  switch (part.kind) {
    case 'list':
      return { ...part, items: cutList(part.items, budget, (inlines) => cutInlines(inlines, budget)) }
    case 'tasks':
      return {
        ...part,
        items: cutList(part.items, budget, (item) => ({ ...item, inlines: cutInlines(item.inlines, budget) })),
      }
    case 'code':
    case 'emoji':
      return { ...part, text: cutText(part.text, budget) }
    default:
      return { ...part, inlines: cutInlines(part.inlines, budget) }
  }
}

/** The beginning of a message, so many portions of it: a hundred thousand paragraphs would hold the page for seconds. */
export const cutBody = (body: Paragraphs[], portions: number): { body: Paragraphs[]; isCut: boolean } => {
  const budget = { left: portions * portion, isSpent: false }
  const kept = cutList(body, budget, (part) => cutPart(part, budget))
  return { body: kept, isCut: budget.isSpent }
}
