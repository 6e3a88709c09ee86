/** Timers are counted, as zone.js does: the application is stable when none is pending. What is below them keeps its own name. */
window.pending = new Set()
window.counted = 0
for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
  const [start, stop] = [window[set], window[clear]]
  window[`__zone_symbol__${set}`] = start
  window[`__zone_symbol__${clear}`] = stop
  window[set] = (run, ...rest) => {
    window.counted++
    const id = start(
      (...args) => {
        if (set === 'setTimeout') window.pending.delete(id)
        run(...args)
      },
      ...rest,
    )
    window.pending.add(id)
    return id
  }
  window[clear] = (id) => {
    window.pending.delete(id)
    stop(id)
  }
}
