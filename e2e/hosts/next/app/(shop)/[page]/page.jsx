const titles = { new: 'New', a: 'A', b: 'B', end: 'End' }

export const generateStaticParams = () => Object.keys(titles).map((page) => ({ page }))

export async function generateMetadata({ params }) {
  return { title: titles[(await params).page] }
}

export default function Page() {
  return null
}
