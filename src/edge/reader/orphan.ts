/** Sees to it that no child outlives its parent, even one that was killed without a word: the channel closes, and whoever notices
 *  ends the siblings too, since a child that is in a loop never looks up. One of them is always idle.
 *  @returns tells who the siblings are */
export function dieWithParent(): (pids: readonly number[]) => void {
  let siblings: readonly number[] = []
  const end = () => {
    for (const pid of siblings) endProcess(pid)
    process.exit()
  }
  process.on('disconnect', end)
  // An answer to a parent that has just gone: without a listener it would end us before we can end the others.
  process.on('error', () => undefined)
  // It was gone before we could listen; what it said of siblings is only now handed to us.
  if (!process.connected) setImmediate(end)
  return (pids) => {
    siblings = pids
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // gone already, which is what we want
  }
}
