import { allAsynchronous, type Context } from './api'

type Listener = (status: { isConnected: boolean, networkType: string }) => void

export function createNetwork({ session, calls }: Context): object {
  const listeners = new Set<Listener>()
  const networkType = () => (session.offline ? 'none' : 'wifi')
  session.onNetworkChange(() => {
    for (const listener of listeners) listener({ isConnected: !session.offline, networkType: networkType() })
  })
  return {
    onNetworkStatusChange: (listener: Listener) => listeners.add(listener),
    offNetworkStatusChange: (listener?: Listener) => (listener ? listeners.delete(listener) : listeners.clear()),
    ...allAsynchronous(calls, { getNetworkType: () => ({ networkType: networkType(), signalStrength: 0 }) }),
  }
}
