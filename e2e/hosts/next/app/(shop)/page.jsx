export const metadata = { title: 'Home' }

export default function Page() {
  return null
}
