import type { Context } from './api'
import { createApplication } from './application'
import { createAudio } from './audio'
import { createCanvas } from './canvas'
import { createDevice } from './device'
import { createDocuments } from './documents'
import { createDrawing } from './drawing'
import { createFeedback } from './feedback'
import { createFileSystem } from './file-system'
import { createIdentity } from './identity'
import { createMedia } from './media'
import { createNavigation } from './navigation'
import { createNetwork } from './network'
import { createPermissions } from './permissions'
import { createPlace } from './place'
import { createPrivacy } from './privacy'
import { createRequest } from './request'
import { createScan } from './scan'
import { createStorage } from './storage'
import { createTransfer } from './transfer'
import { supported } from '../supported'

/** The object `wx`: every function that supported.json lists. */
export function createWx(context: Context): object {
  return {
    ...createApplication(context),
    ...createAudio(context),
    ...createCanvas(context),
    ...createDevice(context),
    ...createDocuments(context),
    ...createDrawing(context),
    ...createFeedback(context),
    ...createFileSystem(context),
    ...createIdentity(context),
    ...createMedia(context),
    ...createNavigation(context),
    ...createNetwork(context),
    ...createPermissions(context),
    ...createPlace(context),
    ...createPrivacy(context),
    ...createRequest(context),
    ...createScan(context),
    ...createStorage(context),
    ...createTransfer(context),
    canIUse: (schema: string) => canIUse(schema),
  }
}

function canIUse(schema: string): boolean {
  const [name = '', ...rest] = schema.split('.')
  const isOffered = supported.wx.includes(name) || name in supported.natives
  return isOffered || (supported.wx.includes(rest[0] ?? '') && name === 'wx')
}
