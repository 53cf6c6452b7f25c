/** Tells a leader who looks at people and not at the phone whether a scan was taken: by sound and by touch. */
let player: WechatMiniprogram.InnerAudioContext | undefined

export function sound(isTaken: boolean): void {
  player ??= wx.createInnerAudioContext()
  player.src = `/pages/team/sounds/${isTaken ? 'taken' : 'refused'}.wav`
  player.play()
  if (isTaken) wx.vibrateShort({ type: 'medium' })
  else wx.vibrateLong()
}

export function endSound(): void {
  player?.destroy()
  player = undefined
}
