import { sure } from '../../behaviors/sending'

const scope = 'scope.writePhotosAlbum'

/**
 * Puts a picture of this phone into its album, asking for that when it is needed. Whoever refuses is shown
 * the picture large, where a long press keeps or sends it.
 */
export async function savePicture(path: string, what: string): Promise<void> {
  if (await isAllowed(what)) {
    try {
      await wx.saveImageToPhotosAlbum({ filePath: path })
      void wx.showToast({ title: '已存到手机相册', icon: 'none', duration: 2500 })
      return
    } catch {
      // refused in WeChat's own box
    }
  }
  showPicture(path)
}

/** Shows a picture large and says how to keep it. */
export function showPicture(path: string): void {
  void wx.previewImage({ urls: [path] })
  void wx.showToast({ title: '长按图片，也可以保存或发给别人', icon: 'none', duration: 3000 })
}

async function isAllowed(what: string): Promise<boolean> {
  const { authSetting } = await wx.getSetting()
  const given = (authSetting as Record<string, boolean | undefined>)[scope]
  if (given) return true
  if (given === undefined) return sure('存到手机相册', `把${what}存进相册，方便打印。接下来微信会问您是否允许`, '好')
  if (!(await sure('上次没有允许', '要存到相册，请在设置里打开「保存到相册」', '去设置'))) return false
  const changed = await wx.openSetting()
  return (changed.authSetting as Record<string, boolean | undefined>)[scope] === true
}
