/** Whether the phone has a network, as WeChat tells it. */

let online = true
const watchers = new Set<(online: boolean) => void>()
let started = false

export function isOnline(): boolean {
  start()
  return online
}

/** Calls `watcher` at every change; gives what ends that. */
export function watchNetwork(watcher: (online: boolean) => void): () => void {
  start()
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

function start(): void {
  if (started) return
  started = true
  wx.getNetworkType({ success: ({ networkType }) => tell(networkType !== 'none') })
  wx.onNetworkStatusChange(({ isConnected }) => tell(isConnected))
}

function tell(now: boolean): void {
  if (now === online) return
  online = now
  for (const watcher of watchers) watcher(online)
}
