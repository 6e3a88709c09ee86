export interface Product {
  id: string
  name: string
  picture: string
  price: string
  collection: Collection
  text: string
}

export const collections = ['kitchen', 'garden', 'evening'] as const
export type Collection = (typeof collections)[number]

export const collectionNames: Record<Collection, string> = {
  kitchen: 'In the kitchen',
  garden: 'In the garden',
  evening: 'In the evening',
}

export const products: Product[] = [
  {
    id: '1',
    name: 'Stoneware mug',
    picture: '/mug.svg',
    price: '€ 24',
    collection: 'kitchen',
    text: 'Thrown by hand and glazed twice, so no two are quite alike. Holds a generous morning coffee and keeps it warm.',
  },
  {
    id: '2',
    name: 'Olive tree',
    picture: '/olive.svg',
    price: '€ 58',
    collection: 'garden',
    text: 'Three years old, in a terracotta pot. Likes a sunny window, little water, and being left alone.',
  },
  {
    id: '3',
    name: 'Beeswax candles',
    picture: '/candle.svg',
    price: '€ 18',
    collection: 'evening',
    text: 'A pair from a beekeeper two villages away. Each burns for about thirty hours and smells faintly of honey.',
  },
  {
    id: '4',
    name: 'Oak stool',
    picture: '/stool.svg',
    price: '€ 140',
    collection: 'garden',
    text: 'Oiled oak, joined without a screw. A seat, a side table, a place for the olive tree.',
  },
  {
    id: '5',
    name: 'Glass carafe',
    picture: '/carafe.svg',
    price: '€ 46',
    collection: 'evening',
    text: 'Mouth-blown, with two glasses. It pours without a drip, which took the glassblower eleven attempts.',
  },
  {
    id: '6',
    name: 'Linen apron',
    picture: '/apron.svg',
    price: '€ 62',
    collection: 'kitchen',
    text: 'Washed linen with one deep pocket. It grows softer with every wash and hides what happened in the kitchen.',
  },
]

export interface Advice {
  title: string
  text: string
}

/** The guide of the front page; its pages are addressed as `#page-1` to `#page-4`. */
export const guide: [Advice, ...Advice[]] = [
  {
    title: 'Water',
    text: 'Olive trees want a good drink and then nothing for a week. Lift the pot: if it is light, it is time.',
  },
  {
    title: 'Light',
    text: 'A south window in winter, outside from May. Turn the pot a little every Sunday and it grows straight.',
  },
  {
    title: 'Wood',
    text: 'A spoonful of linseed oil once a year, rubbed in and wiped off after ten minutes, keeps oak for a lifetime.',
  },
  { title: 'Wax', text: 'Let a new candle burn until the whole surface is liquid. It remembers, and will not tunnel.' },
]
