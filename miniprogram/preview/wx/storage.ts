import { allAsynchronous, type Context } from './api'

interface KeyOption { key: string }
interface SetOption extends KeyOption { data: unknown }

const limitSize = 10 * 1024 // kilobytes, as in WeChat

export function createStorage({ session: { storage }, calls }: Context): object {
  return {
    getStorageSync: (key: string) => storage.get(key) ?? '',
    setStorageSync: (key: string, data: unknown) => storage.set(key, data),
    removeStorageSync: (key: string) => storage.remove(key),
    clearStorageSync: () => storage.clear(),
    getStorageInfoSync: () => ({ keys: storage.keys(), currentSize: storage.size(), limitSize }),
    ...allAsynchronous(calls, {
      getStorage({ key }: KeyOption) {
        const data = storage.get(key)
        if (data === undefined) throw new Error('data not found')
        return { data }
      },
      setStorage: ({ key, data }: SetOption) => storage.set(key, data),
      removeStorage: ({ key }: KeyOption) => storage.remove(key),
      clearStorage: () => storage.clear(),
    }),
  }
}
