export const dynamic = 'force-dynamic'

export async function generateMetadata() {
  await new Promise((resolve) => setTimeout(resolve, 150))
  return { title: 'Lazy' }
}

export default async function Page() {
  await new Promise((resolve) => setTimeout(resolve, 150))
  return null
}
