/** How large things are shown: as WeChat's own setting says, or the elder mode that a person has switched on. */
export interface Appearance {
  elder: boolean
  /** Times the usual size of type, 1 to 1.6. */
  scale: number
}

const storageKey = 'elder-mode'
/** 24 px where others read 17. */
const elderScale = 24 / 17
const largestScale = 1.6

export function appearance(): Appearance {
  const elder = wx.getStorageSync<boolean>(storageKey) === true
  const system = Number(wx.getAppBaseInfo().fontSizeScaleFactor) || 1
  const scale = Math.min(Math.max(system, elder ? elderScale : 0.9), largestScale)
  return { elder, scale }
}

export function setElderMode(elder: boolean): void {
  wx.setStorageSync(storageKey, elder)
}
