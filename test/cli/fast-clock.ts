/** Preloaded into a process in which minutes are to pass in seconds, by the clock that nobody can turn. */
const TIMES = 100

const slow = performance.now.bind(performance)
performance.now = () => slow() * TIMES
