/** A script that comes after ours and has its own idea of the network. */
addEventListener('load', () => {
  window.fetch = () => {
    throw new Error('no network from here')
  }
})
