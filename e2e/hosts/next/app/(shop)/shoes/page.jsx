export async function generateMetadata({ searchParams }) {
  const { size } = await searchParams
  return { title: size ? `Shoes in ${size}` : 'Shoes' }
}

export default function Page() {
  return null
}
