/** Two links to pages of the same document, for applications without a router. */
export const go = (event, title) => {
  event.preventDefault()
  history.pushState(null, '', event.target.href)
  document.title = title
}
